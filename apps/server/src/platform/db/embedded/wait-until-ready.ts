import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withAdmin } from "./connect-admin.ts";
import type { EmbeddedContext, ServerAddress } from "./context.ts";

/** Refused, no socket yet, starting up or shutting down, cut off: worth another try. */
const NOT_YET = new Set(["ECONNREFUSED", "ENOENT", "ECONNRESET", "EPIPE", "57P03", "57P01"]);

/**
 * Waits until the server answers to our password and says that it serves our cluster.
 * @param isAlive asked before every try; false ends the waiting
 * @returns "ready", "dead" when the process ended, "foreign" when it does not know our password or serves other data
 */
export async function waitUntilReady(
  context: EmbeddedContext,
  at: ServerAddress,
  isAlive: () => boolean,
  timeoutMs: number,
): Promise<"ready" | "dead" | "foreign" | "silent"> {
  const deadline = Date.now() + timeoutMs;
  for (let pause = 20; Date.now() < deadline; pause = Math.min(pause * 1.5, 500)) {
    if (!isAlive()) return "dead";
    const answer = await askOnce(context, at);
    if (answer !== null) return answer;
    await sleep(pause);
  }
  return isAlive() ? "silent" : "dead";
}

async function askOnce(context: EmbeddedContext, at: ServerAddress): Promise<"ready" | "foreign" | null> {
  try {
    return await withAdmin(context, at, async (client) => {
      const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
      return resolve(rows[0]?.data_directory ?? "") === context.cluster ? "ready" : "foreign";
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== undefined && NOT_YET.has(code)) return null;
    if (/timeout|terminated/i.test(message)) return null;
    return "foreign";
  }
}
