import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCollector, type TestCollector } from "../support/start-collector.ts";
import { withoutRedis } from "../support/start-redis.ts";
import { startServers, type TestServers } from "../support/start-servers.ts";
import { waitUntil } from "../support/wait-until.ts";

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

const ROOT = new URL("../../deploy/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, ROOT), "utf8");

/** Set by Prometheus, not by us. */
const OF_PROMETHEUS = new Set(["instance", "job", "le"]);
/** Only with replicas; they have a server of their own in the tests of replicas. */
const NOT_HERE = /^parley_(replica|shared_reads)_/;

describe.skipIf(withoutRedis)("/metrics of a server that works", () => {
  let collector: TestCollector;
  let servers: TestServers;
  let samples: Sample[];
  let known: Map<string, Set<string>>;

  beforeAll(async () => {
    collector = await startCollector();
    servers = await startServers({ traces: collector.settings });
    await work(servers);
    await collector.traceWith("message:send");
    const scrape = async () => (await servers.one.asNobody.raw("GET", "/metrics")).text;
    // Every two seconds: a quick machine has done the rest before its first turn.
    const turn = 'parley_job_seconds_count{name="look for revocations"';
    samples = parse(await waitUntil(async () => [await scrape()].find((text) => text.includes(turn)), { what: turn }));
    known = labelsByName(await scrape(), samples);
  });
  afterAll(async () => {
    await servers.stop();
    await collector.stop();
  });

  const valueOf = (name: string, labels: Record<string, string> = {}): number | undefined =>
    samples.find(
      (one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value),
    )?.value;

  it("says what was done, how long it took, and what was refused", () => {
    expect(valueOf("parley_command_seconds_count", { command: "message:send", outcome: "ok" })).toBe(1);
    const search = { method: "GET", route: "/api/search", status: "200" };
    expect(valueOf("parley_http_request_seconds_count", search)).toBe(1);
    expect(valueOf("parley_http_request_seconds_bucket", { ...search, le: "5" })).toBe(1);
    expect(valueOf("parley_http_request_seconds_count", { route: "/api/conversations/:id", status: "404" })).toBe(1);
    expect(valueOf("parley_http_refused_total", { code: "not_found" })).toBe(1);
    expect(valueOf("parley_pool_wait_seconds_count", { pool: "appender" })).toBeGreaterThan(0);
    expect(valueOf("parley_job_seconds_count", { name: "look for revocations", outcome: "ok" })).toBeGreaterThan(0);
  });

  it("says how it is", () => {
    expect(valueOf("parley_connections")).toBe(1);
    expect(valueOf("parley_queue_waiting", { queue: "messages" })).toBe(0);
    expect(valueOf("parley_pool_connections", { pool: "reader", state: "waiting" })).toBe(0);
    expect(valueOf("parley_pool_connections", { pool: "appender", state: "idle" })).toBeGreaterThan(0);
    expect(valueOf("parley_bus_whole")).toBe(1);
    expect(valueOf("parley_redis_ready")).toBe(1);
    expect(valueOf("parley_trace_spans_total", { outcome: "sent" })).toBeGreaterThan(0);
    expect(valueOf("nodejs_eventloop_lag_p99_seconds")).toBeGreaterThan(0);
  });

  it("names no person, no conversation and no address that somebody made up", async () => {
    const { text } = await servers.one.asNobody.raw("GET", "/metrics");
    expect(text).not.toMatch(/ana-private|made-up/);
  });

  it("has everything that the dashboard shows", () => {
    const { panels } = JSON.parse(read("grafana-dashboard.json")) as { panels: Panel[] };
    const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(expressions.length).toBeGreaterThan(40);
    expect(expressions.flatMap((expression) => missing(expression, known))).toEqual([]);
  });

  it("has everything that alerts look at", () => {
    const expressions = [...read("alerts.yaml").matchAll(/^ +expr: (.+)$/gm)].map(([, expression]) => expression ?? "");
    expect(expressions.length).toBeGreaterThan(10);
    expect(expressions.flatMap((expression) => missing(expression, known))).toEqual([]);
  });

  it("is looked through for names and labels that are not there", () => {
    expect(missing('sum by (cat) (rate(parley_dogs_total{dog="1"}[5m]))', known)).toEqual(["parley_dogs_total"]);
    expect(missing('sum by (cat) (parley_connections{dog="1"})', known)).toEqual([
      "parley_connections: dog",
      "parley_connections: cat",
    ]);
  });
});

/** Some of everything. */
async function work({ one }: TestServers): Promise<void> {
  const ana = await one.socket("ana-private");
  const participants = [{ userId: "ana-private", role: "owner" as const }];
  const { conversation } = await one.asHost("openConversation", { body: { type: "group", participants } });
  await ana.ask("message:send", { conversationId: conversation.id, clientMessageId: "one", content: "found" });
  await ana.raw("message:send", { conversationId: "made-up", clientMessageId: "two", content: "nowhere" });
  await one.asUser("ana-private")("search", { query: { q: "found" } });
  await one.asUser("ana-private").try("getConversation", { params: { id: "made-up" } });
  await one.asUser("ana-private").raw("GET", "/api/made-up");
  await ana.heard("message:new");
  (await one.socket("ben")).close();
  await waitUntil(() => one.app.deps.fanOut.allConnected().length === 1, { what: "Ben is gone" });
}

/** Lines of Prometheus text. */
function parse(text: string): Sample[] {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line) => {
    const [, name = "", labels = "", value = ""] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, of]) => [key, of]);
    return { name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) };
  });
}

/** Names with the labels that were seen; those that are announced but have no value yet may have any. */
function labelsByName(text: string, samples: readonly Sample[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const [, name = "", type] of text.matchAll(/^# TYPE (\w+) (\w+)$/gm)) {
    for (const part of type === "histogram" ? ["_bucket", "_count", "_sum"] : [""]) names.set(name + part, new Set());
  }
  for (const { name, labels } of samples) for (const label of Object.keys(labels)) names.get(name)?.add(label);
  return names;
}

/** What an expression names and the metrics do not. */
function missing(expression: string, known: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const grouped = [...expression.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = ""]) => list.split(/, ?/));
  const selectors = [...expression.matchAll(/\b((?:parley|nodejs|process)_\w+)(?:\{([^}]*)\})?/g)];
  return selectors.flatMap(([, name = "", filter = ""]) => {
    const labels = known.get(name);
    if (labels === undefined) return [name];
    const used = [...filter.matchAll(/(\w+)(?:=|!=|=~|!~)"/g)].map(([, label = ""]) => label);
    const unknown = [...used, ...grouped].filter((label) => !OF_PROMETHEUS.has(label) && !labels.has(label));
    return NOT_HERE.test(name) ? [] : unknown.map((label) => `${name}: ${label}`);
  });
}
