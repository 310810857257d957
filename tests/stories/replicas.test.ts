import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createDatabase } from "../../apps/server/src/platform/db/create-database.ts";
import { startReplicatedPostgres, type ReplicatedPostgres } from "../support/start-replicated-postgres.ts";
import { startServer, type TestServer } from "../support/start-server.ts";
import { waitUntil } from "../support/wait-until.ts";

type Read = (asUser: ReturnType<TestServer["asUser"]>, id: string) => Promise<unknown>;

/** Each makes one statement that a replica may answer, and none besides. */
const LARGE_READS: readonly [name: string, read: Read][] = [
  ["the inbox", (as) => as("listConversations")],
  ["the inbox, narrowed", (as) => as("listConversations", { query: { filter: "active" } })],
  ["the inbox, oldest first", (as) => as("listConversations", { query: { sort: "oldest" } })],
  ["the inbox, unread first", (as) => as("listConversations", { query: { sort: "unread" } })],
  ["a page of history", (as, id) => as("listMessages", { params: { id } })],
  ["what is pinned", (as, id) => as("listPins", { params: { id } })],
  ["a search", (as) => as("search", { query: { q: "message" } })],
  ["unread numbers", (as) => as("getUnread")],
  ["a catch-up", (as) => as("sync", { body: { versions: {} } })],
];

/** Linux tells which processes a PostgreSQL has; they are stopped here. */
describe.skipIf(process.platform !== "linux")("with a replica", () => {
  let postgres: ReplicatedPostgres;
  let server: TestServer;
  let id: string;

  beforeAll(async () => {
    postgres = await startReplicatedPostgres();
    server = await startServer({ database: postgres.database, replicaUrls: [postgres.replica.url] });
    const participants = ["ana", "ben", "cleo"].map((userId) => ({ userId }));
    id = (await server.asHost("openConversation", { body: { type: "group", participants } })).conversation.id;
    await inUse();
  });
  afterEach(async () => {
    postgres.replica.thaw();
    await postgres.replica.resumeReplay().catch(() => {});
  });
  afterAll(async () => {
    await server?.stop();
    await postgres?.stop();
  });

  const isInUse = () => server.app.deps.db.replicas()[0]?.inUse ?? false;
  const inUse = () => waitUntil(isInUse, { what: "the replica is in use", withinMs: 20_000 });
  const aside = () => waitUntil(() => !isInUse(), { what: "the replica is left aside", withinMs: 20_000 });
  const send = (userId: string, content: string) =>
    server.asUser(userId)("sendMessage", { params: { id }, body: { clientMessageId: crypto.randomUUID(), content } });
  const read = async (userId: string) =>
    (await server.asUser(userId)("listMessages", { params: { id }, query: { limit: 100 } })).messages;
  const readBy = async (by: string): Promise<number> => {
    const metrics = await server.app.deps.metrics.render();
    return Number(new RegExp(`^parley_shared_reads_total\\{by="${by}"\\} (\\d+)$`, "m").exec(metrics)?.[1] ?? 0);
  };

  it("every answer holds what was acknowledged before it was asked for, and the replica gives them", async () => {
    const before = await readBy("1");
    for (let n = 0; n < 40; n += 1) {
      const { message } = await send("ana", `message ${n}`);
      const pages = await Promise.all([read("ana"), read("ben")]);
      for (const page of pages) expect(page.at(-1)).toEqual(message);
      const { conversations } = await server.asUser("ben")("listConversations", { query: {} });
      expect(conversations[0]?.lastMessage?.id).toBe(message.id);
      const { changes } = await server.asUser("ben")("sync", { body: { versions: { [id]: message.version - 1 } } });
      expect(changes[0]?.messages.map(({ seq }) => seq)).toEqual([message.seq]);
    }
    expect((await readBy("1")) - before).toBeGreaterThan(20);
  });

  it.each(LARGE_READS)("%s is answered by it", async (_, read) => {
    await inUse();
    const before = await readBy("1");
    // A replica that was late for once lets the primary answer: asked until it does.
    const answered = async (): Promise<boolean> => {
      await read(server.asUser("ana"), id);
      return (await readBy("1")) > before;
    };
    await waitUntil(answered, { what: "the replica answers" });
  });

  it("whoever is removed reads nothing more, from that moment on", async () => {
    for (let n = 0; n < 10; n += 1) {
      await server.asHost("addParticipant", { params: { id }, body: { userId: "dora" } });
      expect(await read("dora")).not.toEqual([]);
      await server.asHost("removeParticipant", { params: { id, userId: "dora" } });
      await expect(read("dora")).rejects.toMatchObject({ problem: { code: "not_found" } });
    }
  });

  it("is not asked while it replays nothing, and nothing is missing; afterwards it is taken back", async () => {
    await postgres.replica.pauseReplay();
    const answered = await readBy("1");
    const { message } = await send("ana", "while it stands still");
    expect((await read("ben")).at(-1)).toEqual(message);
    await server.asHost("removeParticipant", { params: { id, userId: "cleo" } });
    await expect(read("cleo")).rejects.toMatchObject({ problem: { code: "not_found" } });
    await aside();
    expect(await readBy("1")).toBe(answered);
    await waitUntil(() => (server.app.deps.db.replicas()[0]?.behindBytes ?? 0) > 0, { what: "it is behind" });
    expect(await server.app.deps.metrics.render()).toContain('parley_replica_in_use{replica="1"} 0');
    await postgres.replica.resumeReplay();
    await inUse();
    await read("ben");
    expect(await readBy("1")).toBeGreaterThan(answered);
  });

  it("nobody waits long for one that hangs", async () => {
    postgres.replica.freeze();
    const began = performance.now();
    const pages = await Promise.all(Array.from({ length: 20 }, () => read("ben")));
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(new Set(pages.map((page) => page.length)).size).toBe(1);
    await aside();
    postgres.replica.thaw();
    await inUse();
  });

  it("one that is killed is missed by nobody, and taken back when it runs again", async () => {
    const reading = Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        await new Promise((resolve) => setTimeout(resolve, n * 5));
        return (await read("ben")).length;
      }),
    );
    await postgres.replica.kill();
    expect(new Set(await reading).size).toBe(1);
    await aside();
    const { message } = await send("ana", "while it was away");
    await postgres.replica.start();
    await inUse();
    expect((await read("ben")).at(-1)).toEqual(message);
  });

  it("row-level security holds there", async () => {
    const foreign = await server.asHost("openConversation", {
      body: { type: "group", participants: [{ userId: "ana" }] },
    });
    await expect(
      server.asUser("ben")("listMessages", { params: { id: foreign.conversation.id }, query: {} }),
    ).rejects.toMatchObject({ problem: { code: "not_found" } });
    await inUse();
    const everything = { name: "read_pins", text: "SELECT id FROM messages" };
    const before = await readBy("1");
    expect(await server.app.deps.db.readAs("nobody", everything, [])).toEqual([]);
    expect(await readBy("1")).toBe(before + 1);
  });

  it("one that was promoted is no replica any more", async () => {
    await postgres.replica.promote();
    const { message } = await send("ana", "the other one does not know this");
    expect((await read("ben")).at(-1)).toEqual(message);
    await aside();
    const { db } = server.app.deps;
    const promoted = createDatabase({ url: postgres.replica.url, onError: () => {} });
    // Clients that go over to it begin anew: it may lack what was acknowledged.
    expect(await promoted.history()).not.toBe(await db.history());
    await promoted.close();
    expect(server.complaints.map(({ msg }) => msg)).toContainEqual(expect.stringContaining("left aside"));
  });
});
