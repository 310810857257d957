import { type CommandInput, type CommandName, commands } from "@parley/protocol";
import type { MemoryChat } from "./memory-chat.ts";
import { Refusal } from "./refusal.ts";

/** What a command may touch beside the truth itself. */
export interface CommandContext {
  readonly chat: MemoryChat;
  readonly actorId: string;
  typing(conversationId: string, typing: boolean): void;
  /** Returns when the new token runs out. */
  refresh(token: string): string;
}

type Handlers = { [Name in CommandName]: (context: CommandContext, input: CommandInput<Name>) => object };

const handlers: Handlers = {
  "conversation:join": ({ chat, actorId }, { conversationId }) => {
    chat.find(actorId, conversationId);
    return { presence: [] };
  },
  "conversation:leave": () => ({}),
  "message:send": ({ chat, actorId }, { conversationId, ...input }) => ({
    message: chat.messages.send(actorId, conversationId, input),
  }),
  "message:edit": ({ chat, actorId }, { messageId, content }) => ({ message: chat.edit(actorId, messageId, content) }),
  "message:delete": ({ chat, actorId }, { messageId }) => ({ message: chat.delete(actorId, messageId) }),
  "message:restore": ({ chat, actorId }, { messageId }) => ({ message: chat.messages.restore(actorId, messageId) }),
  "reaction:add": ({ chat, actorId }, { messageId, emoji }) => ({
    message: chat.messages.react(actorId, messageId, emoji, true),
  }),
  "reaction:remove": ({ chat, actorId }, { messageId, emoji }) => ({
    message: chat.messages.react(actorId, messageId, emoji, false),
  }),
  "receipt:read": ({ chat, actorId }, { conversationId, seq }) => chat.read(actorId, conversationId, seq),
  "receipt:delivered": ({ chat, actorId }, { conversationId, seq }) => {
    chat.delivered(actorId, conversationId, seq);
    return {};
  },
  "typing:start": (context, { conversationId }) => {
    context.typing(conversationId, true);
    return {};
  },
  "typing:stop": (context, { conversationId }) => {
    context.typing(conversationId, false);
    return {};
  },
  "presence:set": () => ({}),
  "auth:refresh": (context, { token }) => ({ expiresAt: context.refresh(token) }),
};

/** Runs one command; throws a `Refusal`. */
export function runCommand(context: CommandContext, name: CommandName, input: unknown): object {
  const parsed = commands[name].input.safeParse(input);
  if (!parsed.success) throw new Refusal("invalid_request", { detail: parsed.error.message });
  return handlers[name](context, parsed.data as never);
}
