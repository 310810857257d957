import { type CommandName, commands } from "@parley/protocol";
import type { Random } from "../faults/world/random.ts";
import { damaged, type KnownIds, mutatedJson, type Schema, TEXTS, valueFor } from "./values.ts";

const schemas = Object.fromEntries(
  Object.entries(commands).map(([name, { input }]) => [name, input.toJSONSchema({ io: "input" }) as Schema]),
) as Record<CommandName, Schema>;
const NAMES = Object.keys(schemas) as CommandName[];

const EVENT_NAMES = [
  "connect",
  "disconnect",
  "error",
  "newListener",
  "__proto__",
  "constructor",
  "toString",
  "",
  "message:new",
];
const NAMESPACES = ["/", "/admin", "/__proto__", "/constructor", "/a?b=c", "/,", `/${"n".repeat(3_000)}`];
const ACK_IDS = ["0", "1", "01", "-1", "9007199254740993", "9".repeat(300), "1e3", "\u0661"];
const ATTACHMENTS = ["0-", "1-", "2-", "11-", "-", "-1-", "1.5-", "99999999999-", "1e9-", "", "Infinity-", "1--"];
const PLACEHOLDERS = [
  '{"_placeholder":true,"num":0}',
  '{"_placeholder":true,"num":-1}',
  '{"_placeholder":true,"num":"a"}',
];

/** What signs in with this token. */
export const signIn = (token: string): string => `40${JSON.stringify({ token })}`;

/** Engine.IO packets of one message or of a few; a Buffer is a binary one. */
export function packets(random: Random, ids: KnownIds, tokens: readonly string[]): (string | Buffer)[] {
  const chance = random.next();
  if (chance < 0.6) return [`42${ackId(random)}${eventOf(random, ids, tokens)}`];
  if (chance < 0.75) return binaryEvent(random, ids, tokens);
  if (chance < 0.8)
    return [`4${random.pick(["0", "1", "3", "4", "7", "9", "x", ""])}${random.pick(["", "{}", "[]", "null", '"a"'])}`];
  if (chance < 0.84) return [`42${random.pick(NAMESPACES)},${ackId(random)}${eventOf(random, ids, tokens)}`];
  if (chance < 0.87) return [`40${random.pick(NAMESPACES)},${JSON.stringify({ token: random.pick(TEXTS) })}`];
  if (chance < 0.92)
    return [random.pick(["0{}", "1", "2", "2probe", "3", "3probe", "5", "6", "7", "x", "", "\u0000", "b", "bAAA"])];
  if (chance < 0.95) return [`43${random.pick(ACK_IDS)}[${random.pick(["", "1", "null", "{}"])}]`];
  if (chance < 0.97)
    return [
      Buffer.from(Array.from({ length: Math.floor(random.between(0, 300)) }, () => Math.floor(random.next() * 256))),
    ];
  return [damaged(`42${ackId(random)}${eventOf(random, ids, tokens)}`, random)];
}

const ackId = (random: Random): string =>
  random.next() < 0.9 ? String(Math.floor(random.between(0, 1_000))) : random.pick(ACK_IDS);

function eventOf(random: Random, ids: KnownIds, tokens: readonly string[]): string {
  const name = random.pick(NAMES);
  const input = name === "auth:refresh" ? { token: random.pick(tokens) } : valueFor(schemas[name], random, ids);
  const payload = random.next() < 0.5 ? JSON.stringify(input) : mutatedJson(input, random);
  const chance = random.next();
  if (chance < 0.9) return `[${JSON.stringify(name)},${payload}]`;
  if (chance < 0.95) return `[${JSON.stringify(random.pick(EVENT_NAMES))},${payload}]`;
  return random.pick([
    `[${JSON.stringify(name)}]`,
    `[${JSON.stringify(name)},${payload},${payload}]`,
    `[${payload}]`,
    "[]",
    "{}",
    "null",
    `[${JSON.stringify(name)},${"[".repeat(20_000)}${"]".repeat(20_000)}]`,
    `[${JSON.stringify(name)},"${"x".repeat(70_000)}"]`,
  ]);
}

/** Announced attachments, and those that really follow. */
function binaryEvent(random: Random, ids: KnownIds, tokens: readonly string[]): (string | Buffer)[] {
  const type = random.next() < 0.8 ? "45" : "46";
  const event = eventOf(random, ids, tokens).replace(/"[^"]*"(?=[,}\]])/, () =>
    random.next() < 0.7 ? random.pick(PLACEHOLDERS) : '"a"',
  );
  const follow = Math.floor(random.between(0, 3));
  return [
    `${type}${random.pick(ATTACHMENTS)}${ackId(random)}${event}`,
    ...Array.from({ length: follow }, () => Buffer.alloc(9)),
  ];
}
