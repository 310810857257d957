import { z } from "zod";
import { id, position } from "./fields.ts";
import { emoji, message, messageContent, sendMessageInput } from "./message.ts";
import { presence, presenceStatus } from "./user.ts";

/** One thing that a client asks over the socket; answered by an acknowledgement `{ok: true, …}` or `{ok: false, error}`. */
interface Command<Input extends z.ZodType, Result extends z.ZodType> {
  summary: string;
  input: Input;
  /** What stands beside `ok: true`. */
  result: Result;
}
const command = <Input extends z.ZodType, Result extends z.ZodType>(
  definition: Command<Input, Result>,
): Command<Input, Result> => definition;

const inConversation = z.strictObject({ conversationId: id });
const atPosition = z.strictObject({ conversationId: id, seq: position });
const nothing = z.strictObject({});
const withMessage = z.strictObject({ message });

export const commands = {
  "conversation:join": command({
    summary: "Hear typing in an open conversation, and who of it is here. Messages arrive without it.",
    input: inConversation,
    result: z.strictObject({ presence: z.array(presence) }),
  }),
  "conversation:leave": command({
    summary: "The conversation is not open any more.",
    input: inConversation,
    result: nothing,
  }),
  "message:send": command({
    summary: "Send a message. Acknowledged means committed; the same clientMessageId again returns the first result.",
    input: sendMessageInput.omit({ senderId: true }).extend({ conversationId: id }),
    result: withMessage,
  }),
  "message:edit": command({
    summary: "Change an own message, as long as the conversation type allows.",
    input: z.strictObject({ messageId: id, content: messageContent }),
    result: withMessage,
  }),
  "message:delete": command({
    summary: "Delete an own message; a tombstone stays.",
    input: z.strictObject({ messageId: id }),
    result: withMessage,
  }),
  "message:restore": command({
    summary: "Take the deletion of an own message back, shortly after it.",
    input: z.strictObject({ messageId: id }),
    result: withMessage,
  }),
  "reaction:add": command({
    summary: "React with an emoji. The same again changes nothing.",
    input: z.strictObject({ messageId: id, emoji }),
    result: withMessage,
  }),
  "reaction:remove": command({
    summary: "Take a reaction back. One that is not there changes nothing.",
    input: z.strictObject({ messageId: id, emoji }),
    result: withMessage,
  }),
  "receipt:read": command({
    summary: "Everything up to seq is read. Never moves back, never beyond lastSeq.",
    input: atPosition,
    result: z.strictObject({ unread: position, total: position }),
  }),
  "receipt:delivered": command({ summary: "Everything up to seq has arrived.", input: atPosition, result: nothing }),
  "typing:start": command({
    summary: "I am typing. Throttled; runs out by itself.",
    input: inConversation,
    result: nothing,
  }),
  "typing:stop": command({ summary: "I stopped typing.", input: inConversation, result: nothing }),
  "presence:set": command({
    summary: "Heartbeat with my status on this connection.",
    input: z.strictObject({ status: presenceStatus.exclude(["offline"]) }),
    result: nothing,
  }),
  "auth:refresh": command({
    summary: "Go on with a new token of the same user before the old one expires.",
    input: z.strictObject({ token: z.string().min(1).max(8_192) }),
    result: z.strictObject({ expiresAt: z.iso.datetime({ precision: 3 }) }),
  }),
};

export type CommandName = keyof typeof commands;
export type CommandInput<Name extends CommandName> = z.infer<(typeof commands)[Name]["input"]>;
export type CommandResult<Name extends CommandName> = z.infer<(typeof commands)[Name]["result"]>;
