import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Problem } from "@parley/protocol";
import { io, type Socket } from "socket.io-client";
import { call } from "../devices/call.ts";
import type { Way } from "../devices/way.ts";
import type { HistoryWriter } from "../history/history-file.ts";
import type { Random } from "../world/random.ts";
import { tokenOf } from "./people.ts";

/** What anybody may hear who is connected. */
const FOR_ALL = new Set(["sync:digest", "server:draining", "presence:updated"]);
const OUTSIDER = "outsider";

interface Knocking {
  readonly ways: readonly Way[];
  readonly history: HistoryWriter;
  readonly random: Random;
  /** Ids that the outsider should not know, and knows. */
  readonly conversationIds: readonly string[];
  readonly messageIds: () => readonly string[];
  readonly isOver: () => boolean;
}

interface Knock {
  readonly what: string;
  readonly harmless: boolean;
  run(): Promise<{ text: string; problem: Problem | null }>;
}

/** Somebody who takes part in nothing tries everything with the ids of others, and listens, until it is over. */
export async function knockUntil({ ways, history, random, ...ids }: Knocking): Promise<void> {
  const token = await tokenOf(OUTSIDER);
  const way = random.pick(ways);
  const socket = io(way.url, { transports: ["websocket"], auth: { token }, forceNew: true, reconnectionDelayMax: 500 });
  socket.onAny((name: string, payload: unknown) => {
    if (FOR_ALL.has(name)) return;
    const who = { device: OUTSIDER, userId: OUTSIDER, connection: 1, server: way.name };
    history.write({
      type: "heard",
      at: history.now(),
      ...who,
      event: { name: "other", text: `${name} ${JSON.stringify(payload)}` },
    });
  });
  while (!ids.isOver()) {
    const target = random.pick(ids.conversationIds);
    const messageIds = ids.messageIds();
    const messageId = messageIds.length > 0 ? random.pick(messageIds) : randomUUID();
    const knock = random.pick([
      ...requests(random.pick(ways).url, token, target, messageId),
      ...commands(socket, target, messageId),
    ]);
    await tryKnock(history, way.name, knock);
    await sleep(random.between(20, 200));
  }
  socket.disconnect();
}

async function tryKnock(history: HistoryWriter, server: string, { what, harmless, run }: Knock): Promise<void> {
  const operation = { do: "knock", what, harmless } as const;
  const pending = history.invoke({ by: OUTSIDER, server, via: "http", patienceMs: 5_000, operation });
  try {
    const { text, problem } = await run();
    if (problem === null) pending.ok({ text });
    else if (problem.retryable) pending.unknown(text);
    else pending.refused(text);
  } catch (error) {
    pending.unknown((error as Error).message);
  }
}

function requests(url: string, token: string, id: string, messageId: string): Knock[] {
  const request = (method: string, path: string, body?: object, harmless = false): Knock => ({
    what: `${method} ${path}`,
    harmless,
    run: () => call({ url, method, path, body, token, timeoutMs: 5_000 }),
  });
  const conversation = `/api/conversations/${id}`;
  return [
    request("GET", conversation),
    request("GET", `${conversation}/messages`),
    request("POST", `${conversation}/messages`, { clientMessageId: "knock", content: "let me in" }),
    request("PATCH", conversation, { title: "mine" }),
    request("POST", `${conversation}/read`, { seq: 1 }),
    request("POST", `${conversation}/delivered`, { seq: 1 }),
    request("POST", `${conversation}/participants`, { userId: OUTSIDER }),
    request("DELETE", `${conversation}/participants/person-1`),
    request("PATCH", `/api/messages/${messageId}`, { content: "changed" }),
    request("DELETE", `/api/messages/${messageId}`),
    request("POST", "/api/sync", { versions: { [id]: 1 }, positions: { [id]: 1 } }, true),
    request("GET", "/api/conversations", undefined, true),
    request("GET", "/api/unread", undefined, true),
  ];
}

function commands(socket: Socket, conversationId: string, messageId: string): Knock[] {
  const command = (name: string, input: object): Knock => ({
    what: name,
    harmless: false,
    run: async () => {
      const outcome = await socket.timeout(5_000).emitWithAck(name, input);
      return { text: JSON.stringify(outcome), problem: outcome.ok ? null : outcome.error };
    },
  });
  return [
    command("conversation:join", { conversationId }),
    command("typing:start", { conversationId }),
    command("message:send", { conversationId, clientMessageId: "knock", content: "let me in" }),
    command("message:edit", { messageId, content: "changed" }),
    command("message:delete", { messageId }),
    command("receipt:read", { conversationId, seq: 1 }),
  ];
}
