import type { EventName, EventPayload } from "@parley/protocol";

/**
 * The one way by which events leave the server. Call it only after the commit of what it tells.
 * An event is encoded once for all of its receivers.
 */
export interface FanOut {
  /** To every connection of these people. */
  toUsers<Name extends EventName>(userIds: readonly string[], name: Name, payload: EventPayload<Name>): void;
  /**
   * To every connection of these participants, but to none whose access to the conversation was revoked after the
   * list was made.
   */
  toParticipants<Name extends EventName>(
    conversationId: string,
    userIds: readonly string[],
    name: Name,
    payload: EventPayload<Name>,
  ): void;
  /** To the connections that joined (have open) the conversation, except those of one person. */
  toOpenConversation<Name extends EventName>(
    conversationId: string,
    name: Name,
    payload: EventPayload<Name>,
    exceptUserId?: string,
  ): void;
  /** From now on nothing of this conversation reaches that person: closes the room and stops what is still on its way. `version`: of the removal. */
  revoke(conversationId: string, userId: string, version: number): void;
  /** That person takes part (again). `version`: of the change that let them in. */
  grant(conversationId: string, userId: string, version: number): void;
  /** Those of these people who have a connection here. */
  connected(userIds: readonly string[]): string[];
  /** Everybody who has a connection here. */
  allConnected(): string[];
}
