import { z } from "zod";
import { conversation, participantRole, preferences } from "./conversation.ts";
import { id, position } from "./fields.ts";
import { message } from "./message.ts";
import { receipt } from "./sync.ts";
import { presence, settings, userProfile } from "./user.ts";

/** One thing that the server tells. Lasting events carry a version and are caught up; the others are gone when missed. */
interface EventDefinition<Payload extends z.ZodType> {
  summary: string;
  lasting: boolean;
  payload: Payload;
}
const event = <Payload extends z.ZodType>(definition: EventDefinition<Payload>): EventDefinition<Payload> => definition;

export const events = {
  "message:new": event({ summary: "A message was committed.", lasting: true, payload: message }),
  "message:updated": event({
    summary: "A message changed: text, quote, reactions, pin, or its deletion was taken back.",
    lasting: true,
    payload: message,
  }),
  "message:deleted": event({
    summary: "A message became a tombstone.",
    lasting: true,
    payload: z.strictObject({
      conversationId: id,
      messageId: id,
      seq: position,
      version: position,
      deletedAt: message.shape.createdAt,
    }),
  }),
  "receipt:updated": event({ summary: "A read or delivered position moved on.", lasting: true, payload: receipt }),
  "unread:updated": event({
    summary: "My unread numbers, absolute; to all of my connections.",
    lasting: false,
    payload: z.strictObject({ conversationId: id, unread: position, total: position }),
  }),
  "typing:updated": event({
    summary: "Somebody started or stopped typing in a conversation that I joined.",
    lasting: false,
    payload: z.strictObject({ conversationId: id, userId: id, typing: z.boolean() }),
  }),
  "presence:updated": event({
    summary: "Somebody who shares an active conversation with me came, left or went away.",
    lasting: false,
    payload: presence,
  }),
  "conversation:new": event({ summary: "I take part in a conversation now.", lasting: true, payload: conversation }),
  "conversation:updated": event({
    summary: "Status, title or subject changed.",
    lasting: true,
    payload: conversation,
  }),
  "preferences:updated": event({
    summary: "I changed what I set for a conversation; to all of my connections.",
    lasting: true,
    payload: z.strictObject({ conversationId: id, preferences }),
  }),
  "settings:updated": event({
    summary: "I changed my settings; to all of my connections.",
    lasting: false,
    payload: settings,
  }),
  "participant:added": event({
    summary: "Somebody joined, or got another role.",
    lasting: true,
    payload: z.strictObject({
      conversationId: id,
      userId: id,
      role: participantRole,
      user: userProfile,
      readSeq: position,
      deliveredSeq: position,
      version: position,
    }),
  }),
  "participant:removed": event({
    summary: "Somebody left or was removed; also told to that person.",
    lasting: true,
    payload: z.strictObject({ conversationId: id, userId: id, version: position }),
  }),
  "sync:digest": event({
    summary: "Sums over my conversations: when they differ from what I hold, an event was lost.",
    lasting: false,
    payload: z.strictObject({
      /** How many conversations I take part in. */
      conversations: position,
      /** The sum of their versions. */
      versionSum: position,
      /** The sum of my read positions. */
      readSum: position,
      /** The sum of the versions of my preferences. */
      preferenceSum: position,
      /** As in the answer of sync. */
      history: z.string().optional(),
    }),
  }),
  "server:draining": event({
    summary: "This server stops. Reconnect after the given time; it differs from client to client.",
    lasting: false,
    payload: z.strictObject({ reconnectAfterMs: z.int().min(0) }),
  }),
};

export type EventName = keyof typeof events;
export type EventPayload<Name extends EventName> = z.infer<(typeof events)[Name]["payload"]>;
/** Any event, told apart by `name`. */
export type ServerEvent = { [Name in EventName]: { name: Name; payload: EventPayload<Name> } }[EventName];
