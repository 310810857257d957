import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type CollectedSpan, startCollector, type TestCollector } from "../support/start-collector.ts";
import { withoutRedis } from "../support/start-redis.ts";
import { startServers, type TestServers } from "../support/start-servers.ts";
import type { TestSocket } from "../support/test-socket.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const UNSAMPLED = "aaf92f3577b34da6a3ce929d0e0e4736";
const CALLER = "00f067aa0ba902b7";

/** Ana is connected to one server, Ben to the other. */
describe.skipIf(withoutRedis)("traces", () => {
  let collector: TestCollector;
  let servers: TestServers;
  let ana: TestSocket;
  let ben: TestSocket;
  let conversationId: string;
  let count = 0;

  beforeAll(async () => {
    collector = await startCollector();
    servers = await startServers({ traces: collector.settings });
    ana = await servers.one.socket("ana-private");
    ben = await servers.other.socket("ben-private");
    const participants = [{ userId: "ana-private", role: "owner" as const }, { userId: "ben-private" }];
    const title = "Title-private";
    const opened = await servers.one.asHost("openConversation", { body: { type: "group", title, participants } });
    conversationId = opened.conversation.id;
    await Promise.all([ana, ben].map((one) => one.heard("conversation:new", ({ id }) => id === conversationId)));
  });
  afterAll(async () => {
    await servers.stop();
    await collector.stop();
  });
  beforeEach(() => void collector.spans.splice(0));

  const newMessage = (content = "Content-private") => ({ clientMessageId: `traced ${(count += 1)}`, content });
  const send = (content?: string) => ana.ask("message:send", { conversationId, ...newMessage(content) });
  const benHears = (content: string) => ben.heard("message:new", (message) => message.content === content);

  it("follow one message from the command over two servers to the other person", async () => {
    await send("followed");
    await benHears("followed");
    const trace = await wholeTrace(collector, "fan-out message:new", "receive message:new", "append_messages");
    const command = trace.find(({ parentSpanId }) => parentSpanId === undefined);
    expect(command).toMatchObject({ name: "message:send", kind: 2, facts: { "parley.outcome": "ok" } });
    expect(waysOf(trace)).toEqual(
      expect.arrayContaining([
        "message:send > wait in batch",
        "message:send > append_messages",
        "message:send > fan-out message:new > publish message:new > receive message:new",
      ]),
    );
    const receive = trace.find(({ name }) => name === "receive message:new");
    expect(receive?.kind).toBe(5);
    expect(receive?.instance).not.toBe(command?.instance);
    expect(trace.find(({ name }) => name === "append_messages")?.facts).toMatchObject({
      "db.operation.batch.size": 1,
    });
  });

  it("go on from the host's own trace, over HTTP and over a socket", async () => {
    const traceparent = `00-${TRACE}-${CALLER}-01`;
    const path = `/api/conversations/${conversationId}/messages`;
    const body = JSON.stringify({ ...newMessage(), kind: "system" });
    const headers = { "content-type": "application/json", traceparent };
    expect((await servers.one.asHost.raw("POST", path, body, headers)).status).toBe(201);
    const answer = await ana.raw("message:send", { conversationId, ...newMessage() }, { traceparent });
    expect(answer.ok).toBe(true);
    const isContinued = ({ traceId }: CollectedSpan) => traceId === TRACE;
    await collector.traceWith("message:send", isContinued);
    const trace = await collector.traceWith("POST /api/conversations/:id/messages", isContinued);
    const entries = trace.filter(({ parentSpanId }) => parentSpanId === CALLER);
    expect(entries.map(({ name }) => name).sort()).toEqual(["POST /api/conversations/:id/messages", "message:send"]);
    expect(entries[0]?.facts).toMatchObject({ "http.response.status_code": 201 });
    expect(waysOf(trace)).toContain("POST /api/conversations/:id/messages > append_messages");
  });

  it("are not written where the caller's trace is not", async () => {
    const answer = await ana.raw(
      "message:send",
      { conversationId, ...newMessage("unsampled") },
      { traceparent: `00-${UNSAMPLED}-${CALLER}-00` },
    );
    expect(answer.ok).toBe(true);
    await benHears("unsampled");
    await send("after it");
    await collector.traceWith("message:send");
    expect(collector.spans.filter(({ traceId }) => traceId === UNSAMPLED)).toEqual([]);
  });

  it("keep those apart that share a batch", async () => {
    const traceIds = ["1", "2", "3"].map((digit) => TRACE.slice(1) + digit);
    await Promise.all(
      traceIds.map((traceId) => {
        const message = { conversationId, ...newMessage(`of ${traceId}`) };
        return ana.raw("message:send", message, { traceparent: `00-${traceId}-${CALLER}-01` });
      }),
    );
    const namesOf = (traceId: string) =>
      collector.spans.filter((span) => span.traceId === traceId).map(({ name }) => name);
    const once = ["append_messages", "fan-out message:new", "receive message:new", "wait in batch"];
    for (const traceId of traceIds) {
      await expect
        .poll(() =>
          namesOf(traceId)
            .filter((name) => once.includes(name))
            .sort(),
        )
        .toEqual(once);
    }
    const trips = collector.spans.filter(
      ({ traceId, name }) => traceIds.includes(traceId) && name === "append_messages",
    );
    expect(trips.map(({ facts }) => facts["db.operation.batch.size"])).toEqual([3, 3, 3]);
  });

  it("say by their codes what was refused", async () => {
    await ana.raw("message:send", { conversationId, ...newMessage("") });
    const [refused] = await collector.traceWith("message:send");
    expect(refused).toMatchObject({ hasFailed: false, facts: { "parley.outcome": "invalid_request" } });
  });

  it("are there for jobs that did something", async () => {
    await send("to be found");
    await expect.poll(() => waysOf(collector.spans)).toContain("job index new words > db write_words");
  });

  it("are named by the lines of the log", async () => {
    const { deps } = servers.one.app;
    const broken = vi.spyOn(deps.db, "readAs").mockRejectedValueOnce(new Error("broken"));
    const path = `/api/conversations/${conversationId}/messages`;
    const traceparent = `00-${TRACE}-${CALLER}-01`;
    const response = await fetch(servers.one.url + path, {
      headers: { authorization: `Bearer ${await servers.one.token("ana-private")}`, traceparent },
    });
    expect(response.status).toBe(500);
    broken.mockRestore();
    const lines = () => servers.one.complaints.filter((line) => line.path === path);
    await expect.poll(() => lines().map(({ msg }) => msg)).toEqual(["request failed", "request"]);
    expect(lines().map((line) => line.trace_id)).toEqual([TRACE, TRACE]);
    const isIt = ({ name, traceId }: CollectedSpan) => traceId === TRACE && name.startsWith("GET ");
    await expect
      .poll(() => collector.spans.find(isIt))
      .toMatchObject({ hasFailed: true, facts: { "error.type": "500" } });
  });

  it("hold no contents, names, tokens and ids of people", async () => {
    await send("Content-private once more");
    await ana.ask("message:edit", {
      messageId: (await send()).message.id,
      content: "Content-private, changed",
    });
    await servers.one.asUser("ana-private")("listMessages", { params: { id: conversationId } });
    await servers.one.asUser("ana-private").try("getConversation", { params: { id: "Id-private" } });
    await servers.one.asUser("ana-private")("search", { query: { q: "Content-private" } });
    await collector.traceWith("GET /api/conversations/:id");
    await collector.traceWith("GET /api/search");
    expect(collector.texts.join("\n")).not.toMatch(/private|Bearer|eyJ/);
    expect(collector.texts.join("\n")).not.toContain(conversationId);
  });

  it.each(["refuses", "mute"] as const)("are lost, and no message is, while the collector %s", async (manner) => {
    collector.manner = manner;
    const contents = Array.from({ length: 30 }, (_, n) => `${manner} ${n}`);
    for (const content of contents) await send(content);
    for (const content of contents) expect(await benHears(content)).toMatchObject({ content });
    expect(collector.spans).toEqual([]);
  });
});

/** All spans of the trace that holds the first of these, once it holds the others too. */
async function wholeTrace(collector: TestCollector, first: string, ...others: string[]): Promise<CollectedSpan[]> {
  const namesOf = async () => (await collector.traceWith(first)).map(({ name }) => name);
  await expect.poll(namesOf).toEqual(expect.arrayContaining(others));
  return collector.traceWith(first);
}

/** Each span as the names from its root on. */
function waysOf(trace: readonly CollectedSpan[]): string[] {
  const byId = new Map(trace.map((span) => [span.spanId, span]));
  const wayOf = ({ name, parentSpanId }: CollectedSpan): string => {
    const parent = byId.get(parentSpanId ?? "");
    return parent === undefined ? name : `${wayOf(parent)} > ${name}`;
  };
  return trace.map(wayOf);
}
