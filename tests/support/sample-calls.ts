import type { CommandInput, CommandName, EndpointBody, EndpointName, EndpointParams } from "@parley/protocol";
import { signToken, type TestServer } from "./start-server.ts";

/** A conversation of `owner`, `participant` and `tom`; `removed` took part before anything happened in it. */
export interface Scene {
  readonly id: string;
  /** Of `participant`. */
  readonly messageId: string;
}

/** Stands in everything that only those who take part may see. */
export const CANARY = "canary";

let count = 0;
const next = () => `${(count += 1)}`;

export async function setScene(server: TestServer): Promise<Scene> {
  const participants = [{ userId: "owner", role: "owner" as const }, { userId: "participant" }, { userId: "removed" }];
  const body = { type: "project", subject: { type: "order", id: next() }, participants };
  const { id } = (await server.asHost("openConversation", { body })).conversation;
  await server.asHost("removeParticipant", { params: { id, userId: "removed" } });
  await server.asHost("addParticipant", { params: { id }, body: { userId: "tom" } });
  const change = { title: CANARY, subject: { title: CANARY, state: CANARY } };
  await server.asHost("changeConversation", { params: { id }, body: change });
  const message = { clientMessageId: `${CANARY} ${next()}`, content: CANARY, senderId: "participant" };
  const sent = await server.asHost("sendMessage", { params: { id }, body: message });
  return { id, messageId: sent.message.id };
}

type SampleCalls = {
  [Name in EndpointName]?: { params?: EndpointParams<Name>; body?: EndpointBody<Name> };
};

export interface SampleCall {
  readonly params: Record<string, string>;
  readonly body?: Record<string, unknown>;
}

/** A call as it should be, with all the right ids. */
export function sampleCall(name: EndpointName, { id, messageId }: Scene, byHost = false): SampleCall {
  const message = { clientMessageId: `mine ${next()}`, content: "my words", replyToSeq: 1, mentions: ["owner"] };
  const calls: SampleCalls = {
    putUser: {
      params: { id: "tom" },
      body: { name: "Tom", role: "seller", picture: "/tom.png", email: "tom@shop.example", locale: "de" },
    },
    signOutUser: { params: { id: "nobody's" } },
    openConversation: { body: { type: "group", title: "New", participants: [{ userId: "zoe", role: "member" }] } },
    changeConversation: { params: { id }, body: { status: "locked", title: "Other" } },
    changePreferences: {
      params: { id },
      body: { pinned: true, mutedUntil: "9999-12-31T00:00:00.000Z", archived: true, markedUnread: true },
    },
    changeSettings: { body: { readReceipts: false } },
    sendMessage: { params: { id }, body: byHost ? { ...message, kind: "system" } : message },
    editMessage: { params: { id: messageId }, body: { content: "my words" } },
    deleteMessage: { params: { id: messageId } },
    restoreMessage: { params: { id: messageId } },
    addReaction: { params: { id: messageId }, body: { emoji: "👍" } },
    removeReaction: { params: { id: messageId, emoji: "👍" } },
    pinMessage: { params: { id: messageId } },
    unpinMessage: { params: { id: messageId } },
    markRead: { params: { id }, body: { seq: 1 } },
    markDelivered: { params: { id }, body: { seq: 1 } },
    addParticipant: { params: { id }, body: { userId: "zoe", role: "member" } },
    changeParticipant: { params: { id, userId: "tom" }, body: { role: "admin" } },
    removeParticipant: { params: { id, userId: "tom" } },
    sync: { body: { versions: { [id]: 0 }, positions: { [id]: 0 }, preferenceSum: 0 } },
    demoSignIn: { body: { userId: "ana" } },
  };
  return { params: { id }, ...calls[name] };
}

type SampleCommands = { [Name in CommandName]?: CommandInput<Name> };

/** A command as it should be, with all the right ids. */
export async function sampleCommand(
  name: CommandName,
  { id, messageId }: Scene,
  userId: string,
): Promise<Record<string, unknown>> {
  const commands: SampleCommands = {
    "message:send": {
      conversationId: id,
      clientMessageId: `mine ${next()}`,
      content: "my words",
      replyToSeq: 1,
      mentions: ["owner"],
    },
    "message:edit": { messageId, content: "my words" },
    "message:delete": { messageId },
    "message:restore": { messageId },
    "reaction:add": { messageId, emoji: "👍" },
    "reaction:remove": { messageId, emoji: "👍" },
    "receipt:read": { conversationId: id, seq: 1 },
    "receipt:delivered": { conversationId: id, seq: 1 },
    "presence:set": { status: "away" },
    "auth:refresh": { token: await signToken(userId) },
  };
  return commands[name] ?? { conversationId: id };
}
