import type { Random } from "../faults/world/random.ts";
import type { FuzzWorld } from "./fuzz-world.ts";
import { httpCase } from "./http-case.ts";
import { openRaw } from "./raw-connection.ts";

const ANSWERED_WITHIN_MS = 15_000;
const countAnswers = (text: string): number => text.match(/HTTP\/1\.1 [2-5]\d\d /g)?.length ?? 0;

/**
 * One to five requests on one connection. Resolves with all that came back.
 * @throws Error when requests that were whole got no answer
 */
export async function playHttp({ server, ids, tokens }: FuzzWorld, random: Random): Promise<string> {
  const { parts, pauseMs, answers } = httpCase(random, ids, tokens);
  const connection = await openRaw(server.port);
  await connection.write(parts, pauseMs);
  const wanted = Math.max(1, answers);
  const received = await connection.until(
    (text) => countAnswers(text) >= wanted,
    answers > 0 ? ANSWERED_WITHIN_MS : 100,
  );
  const isOver = connection.isOver();
  connection.close();
  // The server may close before the last of them: after a body that is too large, for one.
  if (answers > 0 && countAnswers(received) < answers && !isOver) {
    throw new Error(
      `${countAnswers(received)} of ${answers} answers came to ${Buffer.concat(parts).toString("latin1")}`,
    );
  }
  return received;
}
