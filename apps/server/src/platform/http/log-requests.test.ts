import { fastify } from "fastify";
import { expect, it } from "vitest";
import { createLogger } from "../logger.ts";
import { logRequests } from "./log-requests.ts";

it("writes one line in ten seconds for a flood that is turned away, and every other failure", async () => {
  const lines: Record<string, unknown>[] = [];
  let now = 1_000_000;
  const logger = createLogger("info", { destination: { write: (line) => lines.push(JSON.parse(line)) } });
  const http = fastify();
  logRequests(http, { logger, clock: { now: () => now } });
  http.get("/:status", async (request, reply) => {
    await reply.code(Number((request.params as { status: string }).status)).send();
  });
  const told = () => lines.map(({ status, unwritten }) => [status, unwritten]);
  for (let n = 0; n < 5; n += 1) await http.inject("/503");
  await http.inject("/500");
  await http.inject("/200");
  expect(told()).toEqual([
    [503, 0],
    [500, undefined],
  ]);
  now += 10_000;
  await http.inject("/503");
  await http.inject("/503");
  expect(told().slice(2)).toEqual([[503, 4]]);
  now += 10_000;
  await http.inject("/503");
  expect(told().slice(3)).toEqual([[503, 1]]);
  await http.close();
});
