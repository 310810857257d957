import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../faults/world/random.ts";
import type { FuzzWorld } from "./fuzz-world.ts";
import { packets, signIn } from "./packet-grammar.ts";
import { openRaw } from "./raw-connection.ts";
import { frame, OPCODES, upgradeRequest } from "./websocket-frames.ts";

const BASE = "EIO=4&transport=polling";
const OPENINGS = [
  "EIO=3&transport=polling",
  "EIO=4",
  "transport=polling",
  `${BASE}&j=0`,
  `${BASE}&b64=1`,
  `${BASE}&sid=`,
  `${BASE}&sid=__proto__`,
  `${BASE}&sid=constructor`,
  `${BASE}&sid=toString`,
  `${BASE}&sid=${"x".repeat(5_000)}`,
  `${BASE}&sid=a&sid=b`,
  `${BASE}&t=${"t".repeat(8_000)}`,
  "EIO=4&transport=constructor",
];
const TYPES = ["text/plain;charset=UTF-8", "application/octet-stream", "application/json", "text/html", ""];
const METHODS = ["POST", "POST", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"];

/** A polling session that begins well, mostly. Resolves with all that came back. */
export async function playPolling({ server, ids, tokens, abandoned }: FuzzWorld, random: Random): Promise<string> {
  const opening = random.next() < 0.85 ? BASE : random.pick(OPENINGS);
  const token = random.pick(tokens);
  const signsIn = random.next() < 0.85;
  const steps = Array.from({ length: Math.floor(random.between(1, 7)) }, () => {
    const groups = Array.from({ length: Math.floor(random.between(1, 6)) }, () => packets(random, ids, tokens)).flat();
    return {
      chance: random.next(),
      method: random.pick(METHODS),
      type: random.pick(TYPES),
      body: payloadOf(groups, random),
    };
  });
  const leaves = random.next() >= abandoned;
  const talk: string[] = [];
  const ask = async (
    method: string,
    query: string,
    body: Buffer | null = null,
    type = TYPES[0] ?? "",
    waitMs = 3_000,
  ) => {
    const answer = await exchange(server.port, method, query, body, type, waitMs);
    talk.push(answer);
    return answer;
  };
  const opened = await ask("GET", opening);
  const sid = /"sid":"([^"]+)"/.exec(opened)?.[1] ?? "nobody";
  const session = `${BASE}&sid=${sid}`;
  if (signsIn) {
    await ask("POST", session, Buffer.from(signIn(token)));
    await ask("GET", session);
  }
  for (const { chance, method, type, body } of steps) {
    if (chance < 0.15) await Promise.all([ask("GET", session, null, "", 50), ask("GET", session, null, "", 50)]);
    else if (chance < 0.25) await Promise.all([ask("POST", session, body), ask("POST", session, body)]);
    else if (chance < 0.3) talk.push(await upgrade(server.port, sid, body));
    else if (chance < 0.35) await ask("POST", session, Buffer.concat([body, Buffer.alloc(70_000, 52)]));
    else await ask(chance < 0.8 ? "POST" : method, session, body, chance < 0.75 ? TYPES[0] : type);
  }
  if (leaves) {
    // A session that the server wants to end waits for somebody who can be told.
    await ask("GET", session, null, "", 100);
    await ask("POST", session, Buffer.from("1"));
  }
  return talk.join("\n");
}

/** Packets behind one another, bytes as base64, or something else altogether. */
function payloadOf(messages: readonly (string | Buffer)[], random: Random): Buffer {
  const text = messages
    .map((message) => (typeof message === "string" ? message : `b${message.toString("base64")}`))
    .join(random.next() < 0.95 ? "\u001e" : "\u001e\u001e");
  if (random.next() < 0.9) return Buffer.from(text);
  return random.pick([
    () => Buffer.from(Array.from({ length: 200 }, () => Math.floor(random.next() * 256))),
    () => Buffer.from("\u001e".repeat(30_000)),
    () => Buffer.from("2\u001e".repeat(20_000)),
    () => Buffer.from("b!!!!"),
    () => Buffer.from(`d=${encodeURIComponent(text.toWellFormed())}`),
    () => Buffer.alloc(0),
  ])();
}

async function exchange(
  port: number,
  method: string,
  query: string,
  body: Buffer | null,
  type: string,
  waitMs: number,
) {
  const connection = await openRaw(port);
  const headers = [
    `${method} /socket.io/?${query} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Connection: close",
    ...(body === null ? [] : [`Content-Length: ${body.length}`]),
    ...(type === "" ? [] : [`Content-Type: ${type}`]),
  ];
  await connection.write([`${headers.join("\r\n")}\r\n\r\n`, ...(body === null ? [] : [body])]);
  const answer = await connection.until(() => false, waitMs);
  connection.close();
  return answer;
}

/** Goes over to a WebSocket, rightly or half. */
async function upgrade(port: number, sid: string, body: Buffer): Promise<string> {
  const connection = await openRaw(port);
  await connection.write([upgradeRequest(`EIO=4&transport=websocket&sid=${sid}`)]);
  await connection.until((text) => text.includes("\r\n\r\n"), 3_000);
  const text = { opcode: OPCODES.text };
  await connection.write([frame("2probe", text), frame(body.subarray(0, 100), text), frame("5", text)]);
  await sleep(20);
  connection.close();
  return connection.received();
}
