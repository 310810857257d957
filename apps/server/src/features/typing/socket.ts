import type { Deps } from "../../deps.ts";
import type { CommandHandlers, Connection } from "../../platform/realtime/command-handler.ts";
import type { UserActor } from "../auth/actor.ts";
import { requireParticipant } from "../participants/require-participant.ts";
import { joinConversation } from "./join-conversation.ts";
import { tellTyping } from "./tell-typing.ts";

export const typingCommands = {
  "conversation:join": async (deps, { actor, connection }, { conversationId }) => ({
    presence: await joinConversation(deps, actor, connection, conversationId),
  }),
  "conversation:leave": async (_deps, { connection }, { conversationId }) => {
    connection.leave(conversationId);
    return {};
  },
  "typing:start": async (deps, { actor, connection }, { conversationId }) => {
    await requireMayType(deps, actor, connection, conversationId);
    if (await deps.typing.start(conversationId, actor.userId)) tellTyping(deps, conversationId, actor.userId, true);
    return {};
  },
  "typing:stop": async (deps, { actor, connection }, { conversationId }) => {
    await requireMayType(deps, actor, connection, conversationId);
    if (await deps.typing.stop(conversationId, actor.userId)) tellTyping(deps, conversationId, actor.userId, false);
    return {};
  },
} satisfies Partial<CommandHandlers>;

/** Who has the conversation open was checked when it was joined, and leaves the room when removed. */
async function requireMayType(
  deps: Pick<Deps, "db">,
  actor: UserActor,
  connection: Connection,
  conversationId: string,
): Promise<void> {
  if (!connection.hasJoined(conversationId)) await requireParticipant(deps, actor, conversationId);
}
