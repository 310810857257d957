import type { ChatClient } from "@parley/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withoutRedis } from "../support/start-redis.ts";
import { startServers, type TestServers } from "../support/start-servers.ts";
import { waitUntil } from "../support/wait-until.ts";

const SOON_MS = 5_000;
/** The grace of somebody who may come back, and the time in which everything finds together again. */
const HEALED_MS = 20_000;

describe.skipIf(withoutRedis)("people on different servers", () => {
  let servers: TestServers;
  beforeAll(async () => {
    servers = await startServers({ budgets: { opens: { count: 4, seconds: 60 } } });
    const participants = ["ana", "ben", "carl", "dora"].map((userId) => ({ userId }));
    await servers.one.asHost("openConversation", { body: { type: "group", participants } });
  });
  afterAll(() => servers.stop());

  const sees = (client: ChatClient, userId: string, status: string, withinMs = SOON_MS) =>
    waitUntil(() => (client.store.getState().presence.get(userId)?.status ?? "offline") === status, {
      withinMs,
      what: `${userId} is seen ${status}`,
    });

  it("see each other come, look away and go", async () => {
    const ana = await servers.one.client("ana");
    const ben = await servers.other.client("ben");
    await Promise.all([sees(ana, "ben", "online"), sees(ben, "ana", "online")]);
    ben.presence.set("away");
    await sees(ana, "ben", "away");
    const alsoBen = await servers.one.client("ben");
    await sees(ana, "ben", "online");
    await Promise.all([alsoBen.close(), ben.close()]);
    await sees(ana, "ben", "offline", HEALED_MS);
    await ana.close();
  });

  it.each([
    ["was killed", ({ redis }: TestServers) => redis.kill(), ({ redis }: TestServers) => redis.restart()],
    ["was emptied", ({ redis }: TestServers) => redis.flushAll(), () => {}],
  ])("see who came and went meanwhile after Redis %s", { timeout: 120_000 }, async (_, begins, ends) => {
    const [ana, carl] = await Promise.all([servers.one.client("ana"), servers.other.client("carl")]);
    const dora = await servers.other.client("dora");
    await Promise.all([sees(ana, "carl", "online"), sees(ana, "dora", "online"), sees(carl, "ana", "online")]);
    await begins(servers);
    await carl.close();
    const ben = await servers.other.client("ben");
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    await ends(servers);
    await Promise.all([
      sees(ana, "carl", "offline", HEALED_MS),
      sees(ana, "ben", "online", HEALED_MS),
      sees(ana, "dora", "online", HEALED_MS),
      sees(ben, "ana", "online", HEALED_MS),
    ]);
    await Promise.all([ana, ben, dora].map((client) => client.close()));
  });

  it("have one budget", async () => {
    await servers.whole();
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const server = n % 2 === 0 ? servers.one : servers.other;
      const body = { type: "direct" as const, participants: [{ userId: `friend-${n}` }] };
      statuses.push((await server.asUser("greedy").try("openConversation", { body })).status);
    }
    expect(statuses).toEqual([201, 201, 201, 201, 429, 429]);
  });
});
