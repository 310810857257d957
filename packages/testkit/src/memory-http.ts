import { endpoints } from "@parley/protocol";
import type { MemoryChat } from "./memory-chat.ts";
import { type SyncLimits, syncMemory } from "./memory-sync.ts";
import { searchMemory } from "./memory-search.ts";
import { memoryTypes } from "./memory-types.ts";
import { Refusal } from "./refusal.ts";

export interface HttpRequest {
  readonly actorId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Handler = (chat: MemoryChat, request: HttpRequest, limits: SyncLimits) => unknown;
export type ServedEndpoint = keyof typeof handlers;

const at = (value: string | undefined) => (value === undefined ? undefined : Number(value));
const parse = <Output>(schema: { parse(input: unknown): Output }, input: unknown): Output => {
  try {
    return schema.parse(input);
  } catch (error) {
    throw new Refusal("invalid_request", { detail: String(error) });
  }
};

const handlers = {
  getSession: (chat, { actorId }) => ({
    user: chat.user(actorId),
    expiresAt: "2099-01-01T00:00:00.000Z",
    demo: false,
    conversationTypes: memoryTypes,
    settings: chat.own.settings(actorId),
  }),
  openConversation: (chat, { actorId, body }) => {
    const stored = chat.open(actorId, parse(endpoints.openConversation.body, body));
    return { conversation: chat.present(actorId, stored) };
  },
  changeConversation: (chat, { actorId, params, body }) => {
    const input = parse(endpoints.changeConversation.body, body);
    return { conversation: chat.present(actorId, chat.change(chat.find(actorId, params.id ?? "").id, input)) };
  },
  changePreferences: (chat, { actorId, params, body }) => ({
    preferences: chat.own.setPreferences(actorId, params.id ?? "", parse(endpoints.changePreferences.body, body)),
  }),
  getSettings: (chat, { actorId }) => ({ settings: chat.own.settings(actorId) }),
  changeSettings: (chat, { actorId, body }) => ({
    settings: chat.own.changeSettings(actorId, parse(endpoints.changeSettings.body, body)),
  }),
  listMessages: (chat, { actorId, params, query }) => pageOf(chat, actorId, params.id ?? "", query),
  sendMessage: (chat, { actorId, params, body }) => {
    return { message: chat.messages.send(actorId, params.id ?? "", parse(endpoints.sendMessage.body, body)) };
  },
  editMessage: (chat, { actorId, params, body }) => ({
    message: chat.edit(actorId, params.id ?? "", parse(endpoints.editMessage.body, body).content),
  }),
  deleteMessage: (chat, { actorId, params }) => ({ message: chat.delete(actorId, params.id ?? "") }),
  restoreMessage: (chat, { actorId, params }) => ({ message: chat.messages.restore(actorId, params.id ?? "") }),
  addReaction: (chat, { actorId, params, body }) => {
    const { emoji } = parse(endpoints.addReaction.body, body);
    return { message: chat.messages.react(actorId, params.id ?? "", emoji, true) };
  },
  removeReaction: (chat, { actorId, params }) => {
    const { id, emoji } = parse(endpoints.removeReaction.params, params);
    return { message: chat.messages.react(actorId, id, emoji, false) };
  },
  pinMessage: (chat, { actorId, params }) => ({ message: chat.messages.pin(actorId, params.id ?? "", true) }),
  unpinMessage: (chat, { actorId, params }) => ({ message: chat.messages.pin(actorId, params.id ?? "", false) }),
  listPins: (chat, { actorId, params }) => ({ messages: chat.messages.pins(actorId, params.id ?? "") }),
  search: (chat, { actorId, query }) => searchMemory(chat, actorId, parse(endpoints.search.query, query)),
  markRead: (chat, { actorId, params, body }) =>
    chat.read(actorId, params.id ?? "", parse(endpoints.markRead.body, body).seq),
  markDelivered: (chat, { actorId, params, body }) => {
    chat.delivered(actorId, params.id ?? "", parse(endpoints.markDelivered.body, body).seq);
    return {};
  },
  markAllRead: (chat, { actorId }) => chat.readAll(actorId),
  addParticipant: (chat, { actorId, params, body }) => {
    const { userId, role } = parse(endpoints.addParticipant.body, body);
    const stored = chat.addParticipant(chat.find(actorId, params.id ?? "").id, userId, role);
    return { conversation: chat.present(actorId, stored) };
  },
  changeParticipant: (chat, { actorId, params, body }) => {
    const { role } = parse(endpoints.changeParticipant.body, body);
    const stored = chat.addParticipant(chat.find(actorId, params.id ?? "").id, params.userId ?? "", role);
    return { conversation: chat.present(actorId, stored) };
  },
  removeParticipant: (chat, { actorId, params }) => {
    chat.removeParticipant(chat.find(actorId, params.id ?? "").id, params.userId ?? "");
    return {};
  },
  sync: (chat, { actorId, body }, limits) => syncMemory(chat, actorId, parse(endpoints.sync.body, body), limits),
} satisfies Partial<Record<keyof typeof endpoints, Handler>>;

/** Which endpoint a request means; literal paths win over those with parameters. */
export function routeOf(method: string, path: string): { name: ServedEndpoint; params: Record<string, string> } | null {
  const names = Object.keys(handlers) as ServedEndpoint[];
  const literalFirst = names.sort(
    (a, b) => Number(endpoints[a].path.includes(":")) - Number(endpoints[b].path.includes(":")),
  );
  for (const name of literalFirst) {
    const pattern = new RegExp(`^${endpoints[name].path.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`);
    const match = endpoints[name].method === method ? pattern.exec(path) : null;
    if (!match) continue;
    const params = Object.entries(match.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]);
    return { name, params: Object.fromEntries(params) as Record<string, string> };
  }
  return null;
}

export function answer(chat: MemoryChat, name: ServedEndpoint, request: HttpRequest, limits: SyncLimits): unknown {
  const handler: Handler = handlers[name];
  return handler(chat, request, limits);
}

function pageOf(chat: MemoryChat, actorId: string, conversationId: string, query: Readonly<Record<string, string>>) {
  const { messages } = chat.find(actorId, conversationId);
  const limit = at(query.limit) ?? 50;
  const before = at(query.before);
  const after = at(query.after);
  const around = at(query.around);
  if (after !== undefined) {
    const rest = messages.filter(({ seq }) => seq > after);
    return { messages: rest.slice(0, limit), hasMore: rest.length > limit };
  }
  if (around !== undefined) {
    const start = Math.max(0, Math.min(around - 1 - Math.floor(limit / 2), messages.length - limit));
    const page = messages.slice(start, start + limit);
    return { messages: page, hasMore: page.length < messages.length };
  }
  const rest = before === undefined ? messages : messages.filter(({ seq }) => seq < before);
  return { messages: rest.slice(-limit), hasMore: rest.length > limit };
}
