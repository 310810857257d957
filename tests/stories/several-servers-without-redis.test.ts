import type { ChatClient } from "@parley/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withoutRedis } from "../support/start-redis.ts";
import { startServers, type TestServers } from "../support/start-servers.ts";
import { conversationOf, openWindow, say, textsOf } from "../support/views.ts";
import { waitUntil } from "../support/wait-until.ts";

/** A fault of Redis, and how it ends. */
const FAULTS: [string, (servers: TestServers) => unknown, (servers: TestServers) => unknown][] = [
  ["is paused", ({ redis }) => redis.pause(), ({ redis }) => redis.resume()],
  ["is killed", ({ redis }) => redis.kill(), ({ redis }) => redis.restart()],
  [
    "has no memory left",
    ({ redis }) => redis.command(["CONFIG", "SET", "maxmemory", "1"]),
    ({ redis }) => redis.command(["CONFIG", "SET", "maxmemory", "0"]),
  ],
];

/** Until it is noticed, until everybody is told a digest, and until the client has caught up. */
const HEALED_WITHIN_MS = 10_000;
const SENT_WITHIN_MS = 2_000;
const LIVE_WITHIN_MS = 2_000;

describe.skipIf(withoutRedis)("people on different servers", () => {
  let servers: TestServers;
  let ana: ChatClient;
  let ben: ChatClient;
  let id: string;
  beforeEach(async () => {
    servers = await startServers();
    const participants = [{ userId: "ana", role: "owner" as const }, { userId: "ben" }];
    id = (await servers.one.asHost("openConversation", { body: { type: "group", participants } })).conversation.id;
    [ana, ben] = await Promise.all([servers.one.client("ana"), servers.other.client("ben")]);
    await Promise.all([openWindow(ana, id), openWindow(ben, id)]);
  });
  afterEach(() => servers.stop());

  const isShown = (client: ChatClient, text: string, withinMs: number) =>
    waitUntil(() => textsOf(client, id).includes(text), { withinMs, what: `"${text}" is shown` });

  const sayQuickly = async (client: ChatClient, text: string): Promise<void> => {
    const startedAt = performance.now();
    await say(client, id, text);
    expect(performance.now() - startedAt).toBeLessThan(SENT_WITHIN_MS);
  };

  it.each(FAULTS)("lose nothing while Redis %s, and hear each other again when it is over", async (_, begins, ends) => {
    await say(ana, id, "before");
    await isShown(ben, "before", LIVE_WITHIN_MS);
    await begins(servers);
    for (let n = 1; n <= 5; n += 1) await sayQuickly(ana, `during ${n}`);
    await isShown(ben, "during 5", HEALED_WITHIN_MS);
    await sayQuickly(ben, "an answer");
    await isShown(ana, "an answer", HEALED_WITHIN_MS);
    await ends(servers);
    await servers.whole();
    await sayQuickly(ana, "after");
    await isShown(ben, "after", LIVE_WITHIN_MS);
    await sayQuickly(ben, "after, too");
    await isShown(ana, "after, too", LIVE_WITHIN_MS);
    const all = ["before", ...[1, 2, 3, 4, 5].map((n) => `during ${n}`), "an answer", "after", "after, too"];
    expect(textsOf(ben, id)).toEqual(all);
    expect(textsOf(ana, id)).toEqual(all);
    await waitUntil(() => conversationOf(ben, id)?.version === conversationOf(ana, id)?.version);
  });

  it("lose nothing when Redis is flushed again and again", async () => {
    const texts = Array.from({ length: 60 }, (_, n) => `message ${n}`);
    for (const [n, text] of texts.entries()) {
      if (n % 5 === 0) await servers.redis.flushAll();
      await sayQuickly(ana, text);
    }
    await isShown(ben, "message 59", HEALED_WITHIN_MS);
    await waitUntil(() => textsOf(ben, id).length === texts.length, { withinMs: HEALED_WITHIN_MS });
    expect(textsOf(ben, id)).toEqual(texts);
    await servers.whole();
  });

  it("are told so by the metrics", async () => {
    const metrics = async () => (await servers.other.asNobody.raw("GET", "/metrics")).text;
    await say(ana, id, "counted");
    await isShown(ben, "counted", LIVE_WITHIN_MS);
    expect(await metrics()).toMatch(/^parley_bus_whole 1$/m);
    expect(await metrics()).toMatch(/^parley_bus_notes_received_total [1-9]/m);
    await servers.redis.kill();
    await waitUntil(async () => (await metrics()).includes("parley_bus_whole 0"), { what: "the metric says so" });
    const complaints = servers.other.complaints.filter(({ msg }) => String(msg).startsWith("Notes do not pass"));
    expect(complaints).toHaveLength(1);
  });
});
