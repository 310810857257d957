import type { Random } from "../faults/world/random.ts";

/** JSON Schema, as far as the contract uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly maximum?: number;
  readonly format?: string;
}

/** Ids that mean something to the server under test, by the name of the property that holds them. */
export type KnownIds = Readonly<Record<string, readonly string[]>>;

const deep = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);

/** Texts that programs trip over. */
export const TEXTS: readonly string[] = [
  "",
  " \n\t",
  "a\u0000b",
  "\ud800",
  "\udfff\ud800",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "null",
  "NaN",
  "-1",
  "1e999",
  "%00%ff%zz",
  "%' OR 1=1 --",
  "\\'; DROP TABLE messages; --",
  "${7*7}{{7*7}}",
  "../../../../etc/passwd",
  "<script>alert(1)</script>",
  "\u202eright to left\u202c",
  "\ufeff\u200b\u2060",
  "e\u0301\u0327".repeat(50),
  "👩‍👩‍👧‍👦".repeat(30),
  "\uffff\ufffe",
  "x".repeat(129),
  "x".repeat(5_001),
  "a@".repeat(3_000),
  "https://".repeat(500),
  "2026-13-45T99:99:99.999Z",
  "01932c9f-7a4b-7000-8000-000000000000",
];

/** JSON texts that are wrong nearly everywhere; some cannot come out of JSON.stringify. */
const JSON_TEXTS: readonly string[] = [
  ...["null", "true", "0", "-0", "-1", "1.5", "1e400", "-1e400", "9007199254740993", `1${"0".repeat(400)}`, "0.1e-400"],
  ...["[]", "{}", "[null]", "[{}]", '""', deep(50), deep(5_000), "{".repeat(100)],
  ...['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}', '{"then":1}', '{"toJSON":1}'],
  ...[
    '"\\ud800"',
    '"\\u0000"',
    '{"a":1,"a":2}',
    "NaN",
    "Infinity",
    "undefined",
    "'x'",
    "01",
    "[1,]",
    '{"a":}',
    "/**/1",
  ],
  ...['{"type":"Buffer","data":[1,2]}', '{"_placeholder":true,"num":0}', '{"length":1e9}'],
];

/** A value that the schema allows, mostly. */
export function valueFor(schema: Schema, random: Random, ids: KnownIds, key = "", root = schema): unknown {
  const resolved = schema.$ref === undefined ? schema : (root.$defs?.[schema.$ref.split("/").at(-1) ?? ""] ?? {});
  const known = ids[key];
  if (known !== undefined && random.next() < 0.9) return random.pick(known);
  const within = (inner: Schema, name: string) => valueFor(inner, random, ids, name, root);
  if (resolved.enum !== undefined) return random.pick(resolved.enum);
  if (resolved.anyOf !== undefined) return within(random.pick(resolved.anyOf), key);
  switch (resolved.type) {
    case "object":
      return objectFor(resolved, random, ids, within);
    case "array":
      return Array.from({ length: Math.floor(random.between(0, 4)) }, () => within(resolved.items ?? {}, key));
    case "integer":
    case "number":
      return Math.floor(random.between(0, Math.min(resolved.maximum ?? 100, 200)));
    case "boolean":
      return random.next() < 0.5;
    case "null":
      return null;
    default:
      return textFor(resolved, random);
  }
}

function objectFor(schema: Schema, random: Random, ids: KnownIds, within: (inner: Schema, name: string) => unknown) {
  const made: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    if (schema.required?.includes(name) || random.next() < 0.5) made[name] = within(inner, name);
  }
  if (typeof schema.additionalProperties === "object") {
    for (let n = random.between(0, 5); n > 0; n -= 1) {
      made[random.pick(ids["conversationId"] ?? ["a"])] = within(schema.additionalProperties, "");
    }
  }
  return made;
}

function textFor({ format }: Schema, random: Random): string {
  if (format === "uri") return "https://shop.example/orders/1";
  if (format === "email") return "anna@shop.example";
  return random.next() < 0.2 ? random.pick(TEXTS) : `text ${Math.floor(random.next() * 1e9)}`;
}

/** JSON of the value with some of its parts replaced, dropped, or added; sometimes not even JSON any more. */
export function mutatedJson(value: unknown, random: Random): string {
  let marker = 0;
  const replaced: string[] = [];
  const visit = (part: unknown): unknown => {
    if (random.next() < 0.08) {
      replaced.push(random.next() < 0.5 ? JSON.stringify(random.pick(TEXTS)) : random.pick(JSON_TEXTS));
      return `@@${marker++}@@`;
    }
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== "object" || part === null) return part;
    const entries = Object.entries(part).filter(() => random.next() > 0.04);
    if (random.next() < 0.05) entries.push([random.pick(TEXTS), 1]);
    return Object.fromEntries(entries.map(([key, inner]) => [key, visit(inner)]));
  };
  const json = JSON.stringify(visit(value)) ?? "";
  const text = json.replaceAll(/"@@(\d+)@@"/g, (_, n: string) => replaced[Number(n)] ?? "null");
  return random.next() < 0.1 ? damaged(text, random) : text;
}

/** The text with a part cut out, doubled, or overwritten. */
export function damaged(text: string, random: Random): string {
  const at = Math.floor(random.next() * text.length);
  const to = at + Math.floor(random.next() * 8);
  return random.pick([
    text.slice(0, at),
    text.slice(0, at) + text.slice(to),
    text.slice(0, to) + text.slice(at),
    text.slice(0, at) + String.fromCharCode(Math.floor(random.next() * 256)) + text.slice(at + 1),
    text.slice(0, at) + random.pick(TEXTS) + text.slice(at),
  ]);
}
