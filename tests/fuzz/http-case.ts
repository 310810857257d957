import { type Endpoint, endpoints } from "@parley/protocol";
import type { Random } from "../faults/world/random.ts";
import { SECRET_KEY } from "./fuzz-world.ts";
import { damaged, type KnownIds, mutatedJson, type Schema, TEXTS, valueFor } from "./values.ts";

/** Bytes to write to a connection, part by part. */
export interface HttpCase {
  readonly parts: readonly Buffer[];
  readonly pauseMs: number;
  /** Whole requests, well framed: as many answers must come. 0 when nothing can be said. */
  readonly answers: number;
}

interface Described {
  readonly endpoint: Endpoint;
  readonly query: Schema | null;
  readonly body: Schema | null;
}

const catalogue: readonly Described[] = Object.values(endpoints as Record<string, Endpoint>).map((endpoint) => ({
  endpoint,
  query: (endpoint.query?.toJSONSchema({ io: "input" }) as Schema | undefined) ?? null,
  body: (endpoint.body?.toJSONSchema({ io: "input" }) as Schema | undefined) ?? null,
}));

const METHODS = [
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "HEAD",
  "OPTIONS",
  "TRACE",
  "CONNECT",
  "PROPFIND",
  "get",
  "X",
];
const PATHS = [
  "*",
  "/",
  "//",
  "/..%2f..%2fetc/passwd",
  "/%2e%2e/%2e%2e/",
  "/assets/../../../package.json",
  "/assets/%00",
  "/api",
  "/api//session",
  "/api/%ff",
  "/api/session/",
  "/API/SESSION",
  "/api/docs/..;/",
  "/conversations/x",
  "/api/conversations/%E0%A4%A/messages",
  `/${"a/".repeat(3_000)}`,
  `/api/conversations?${"a=1&".repeat(2_000)}`,
  "/api/conversations?__proto__=1&constructor=2&limit[]=1&limit[a]=1",
  "http://elsewhere.example/api/session",
  "/\u00e9\u00ff",
];
const CONTENT_TYPES = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/json; charset=utf-16",
  "application/json;;;",
  "APPLICATION/JSON",
  "application/octet-stream",
  "a/b",
  "",
  `application/${"x".repeat(4_000)}`,
];
const HEADERS: readonly (readonly [string, string])[] = [
  ["Origin", "https://shop.example"],
  ["Origin", "null"],
  ["Origin", `https://${"a.".repeat(2_000)}example`],
  ["Sec-Fetch-Site", "cross-site"],
  ["Cookie", "parley_token=abc; parley_token=def; =; ;;;=;"],
  ["Cookie", "a=%".repeat(1_000)],
  ["Cookie", "__proto__=1; constructor=2; parley_token=%E0%A4%A"],
  ["Accept", "text/html;q=".repeat(500)],
  ["Accept-Encoding", "gzip, br;q=x, *;q=0"],
  ["Accept-Language", ",".repeat(2_000)],
  ["Range", "bytes=0-,5-1,-"],
  ["If-None-Match", '"'.repeat(500)],
  ["If-Modified-Since", "the day before"],
  ["Expect", "100-continue"],
  ["Expect", "the impossible"],
  ["Upgrade", "h2c"],
  ["Upgrade", "websocket"],
  ["X-Forwarded-For", "1.2.3.4, ::1, x".repeat(50)],
  ["X-HTTP-Method-Override", "DELETE"],
  ["Content-Encoding", "gzip"],
  ["Transfer-Encoding", "gzip, chunked"],
  ["Transfer-Encoding", "xchunked"],
  ["Connection", "close, upgrade, , keep-alive"],
  ["Content-Length", "-1"],
  ["Content-Length", "1e3"],
  ["Content-Length", "99999999999999999999"],
  ["Access-Control-Request-Method", "PATCH"],
  ["__proto__", "x"],
  ["Host", "elsewhere.example"],
  ["\u0000", "x"],
  ["X-\u00ff", "\u00ff\u0001"],
];

/** One to five requests that go out on one connection. */
export function httpCase(random: Random, ids: KnownIds, tokens: readonly string[]): HttpCase {
  const count = random.next() < 0.25 ? Math.floor(random.between(2, 6)) : 1;
  const requests = Array.from({ length: count }, () => oneRequest(random, ids, tokens));
  const bytes = Buffer.concat(requests.map((request) => request.bytes));
  const isFramed = requests.every((request) => request.isFramed);
  const style = random.next();
  if (style < 0.03)
    return { parts: [bytes.subarray(0, Math.floor(random.next() * bytes.length))], pauseMs: 0, answers: 0 };
  if (style < 0.08) {
    const parts = inParts(bytes.subarray(0, 20_000), random, 40);
    return { parts, pauseMs: 5, answers: isFramed && bytes.length <= 20_000 ? count : 0 };
  }
  return { parts: style < 0.4 ? inParts(bytes, random, 4) : [bytes], pauseMs: 0, answers: isFramed ? count : 0 };
}

function inParts(bytes: Buffer, random: Random, atMost: number): Buffer[] {
  const parts: Buffer[] = [];
  const step = Math.ceil(bytes.length / random.between(1, atMost)) || 1;
  for (let at = 0; at < bytes.length; at += step) parts.push(bytes.subarray(at, at + step));
  return parts;
}

function oneRequest(random: Random, ids: KnownIds, tokens: readonly string[]): { bytes: Buffer; isFramed: boolean } {
  const { endpoint, query, body } = random.pick(catalogue);
  const method = random.next() < 0.05 ? random.pick(METHODS) : endpoint.method;
  const path = random.next() < 0.05 ? random.pick(PATHS) : pathFor(endpoint, query, random, ids);
  const text = body === null && random.next() < 0.8 ? "" : bodyFor(body, random, ids);
  const headers: [string, string][] = [
    ["Host", "127.0.0.1"],
    ...authorization(random, tokens),
    ...contentType(random, text !== ""),
  ];
  const strange = random.next() < 0.2 ? Math.floor(random.between(1, 4)) : 0;
  for (let n = 0; n < strange; n += 1) headers.push([...random.pick(HEADERS)]);
  if (random.next() < 0.01) {
    for (let n = random.between(90, 2_500); n > 0; n -= 1) headers.push([`X-${Math.floor(n)}`, "1"]);
  }
  const { bytes: payload, headers: framing } = framed(
    Buffer.from(text, random.next() < 0.05 ? "latin1" : "utf8"),
    random,
  );
  const lines = [...headers, ...framing].map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const head = `${method} ${path} HTTP/${random.next() < 0.01 ? "1.0" : "1.1"}\r\n${lines}\r\n`;
  const isBroken = random.next() < 0.03;
  const isFramed =
    !isBroken && strange === 0 && method === endpoint.method && !PATHS.includes(path) && head.length < 8_000;
  return { bytes: Buffer.concat([Buffer.from(isBroken ? damaged(head, random) : head, "latin1"), payload]), isFramed };
}

function pathFor({ path }: Endpoint, query: Schema | null, random: Random, ids: KnownIds): string {
  const value = (key: string) =>
    random.next() < 0.85 ? random.pick(ids[key] ?? ["1"]) : random.pick(TEXTS).slice(0, 300).toWellFormed();
  const filled = path.replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(value(key)));
  if (query === null && random.next() < 0.95) return filled;
  const wanted = valueFor(query ?? {}, random, ids) as Record<string, unknown> | string;
  const pairs: [string, string][] =
    typeof wanted === "string" ? [] : Object.entries(wanted).map(([k, v]) => [k, String(v)]);
  const mutated = pairs.map(([key, text]): [string, string] =>
    random.next() < 0.15 ? [key, random.pick(TEXTS)] : [key, text],
  );
  if (random.next() < 0.1) mutated.push([random.pick(TEXTS), random.pick(TEXTS)]);
  const search = mutated.map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join("=")).join("&");
  return `${filled}?${random.next() < 0.05 ? search.replaceAll("%", "%%") : search}`;
}

function bodyFor(schema: Schema | null, random: Random, ids: KnownIds): string {
  if (random.next() < 0.01) return "x".repeat(random.next() < 0.5 ? 70_000 : 300_000);
  const value = valueFor(schema ?? {}, random, ids);
  return random.next() < 0.4 ? JSON.stringify(value) : mutatedJson(value, random);
}

function authorization(random: Random, tokens: readonly string[]): [string, string][] {
  const chance = random.next();
  if (chance < 0.6) return [["Authorization", `Bearer ${random.pick(tokens)}`]];
  if (chance < 0.85) return [["Authorization", `Bearer ${SECRET_KEY}`]];
  if (chance < 0.9) return [["Cookie", `parley_token=${random.pick(tokens)}`]];
  if (chance < 0.95) return [];
  const token = damaged(random.pick(tokens), random).replaceAll(/[^\x21-\x7e]/g, "?");
  const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"sub":"person-1"}').toString("base64url")}.`;
  return [
    [
      "Authorization",
      random.pick([
        `Bearer ${token}`,
        `Bearer ${none}`,
        "Bearer",
        "Basic OnB3",
        "Bearer a.b.c",
        `Bearer ${"x".repeat(9_000)}`,
      ]),
    ],
  ];
}

function contentType(random: Random, hasBody: boolean): [string, string][] {
  if (!hasBody || random.next() < 0.03) return [];
  return [["Content-Type", random.next() < 0.06 ? random.pick(CONTENT_TYPES) : "application/json"]];
}

function framed(body: Buffer, random: Random): { bytes: Buffer; headers: [string, string][] } {
  if (body.length === 0) return { bytes: body, headers: [] };
  if (random.next() > 0.1) return { bytes: body, headers: [["Content-Length", String(body.length)]] };
  const at = Math.floor(random.next() * body.length);
  const chunk = (part: Buffer) =>
    part.length === 0 ? [] : [Buffer.from(`${part.length.toString(16)};x=y\r\n`), part, Buffer.from("\r\n")];
  const bytes = Buffer.concat([...chunk(body.subarray(0, at)), ...chunk(body.subarray(at)), Buffer.from("0\r\n\r\n")]);
  return { bytes, headers: [["Transfer-Encoding", "chunked"]] };
}
