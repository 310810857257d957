import type { EventName, EventPayload } from "@parley/protocol";
import type { UserActor } from "../../features/auth/actor.ts";

/** To whom events go, and who is kept from them. */
export interface Telling {
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
}

/**
 * The one way by which events leave the server. Call it only after the commit of what it tells. It reaches the
 * connections of all processes of the system: those of this one at once, before the others hear of it. An event is
 * encoded once for all of its receivers, wherever they are.
 */
export interface FanOut extends Telling {
  /** The same for the connections of this process alone: for what each process tells its own people. */
  readonly here: Telling;
  /** Those of these people who have a connection to this process. */
  connected(userIds: readonly string[]): string[];
  /** Closes those connections of that person to this process whose session is over. */
  endConnections(userId: string, isOver: (actor: UserActor) => boolean): void;
  /** Everybody who has a connection to this process. */
  allConnected(): string[];
}
