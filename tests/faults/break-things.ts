import { setTimeout as sleep } from "node:timers/promises";
import type { EmbeddedPostgres } from "../../apps/server/src/platform/db/embedded/start-embedded-postgres.ts";
import type { HistoryWriter } from "./history.ts";
import type { Random } from "./random.ts";
import type { ServerProcess } from "./server-process.ts";

interface Breaking {
  readonly server: ServerProcess;
  readonly postgres: EmbeddedPostgres;
  readonly history: HistoryWriter;
  readonly random: Random;
  readonly durationMs: number;
  /** How often the server is killed; PostgreSQL is stopped once, somewhere among these. */
  readonly kills: number;
}

/** Breaks one thing after the other over the whole time, each at a random moment after the last one was repaired. */
export async function breakThings({ server, postgres, history, random, durationMs, kills }: Breaking): Promise<void> {
  const stopAt = 1 + Math.floor(random.next() * (kills - 1));
  const pauseMs = durationMs / (kills + 2);
  for (let n = 0; n <= kills; n += 1) {
    await sleep(random.between(0.4, 1.3) * pauseMs);
    const what = n === stopAt ? "PostgreSQL stops at once" : "SIGKILL for the server";
    history.write({ type: "fault", at: history.now(), what });
    await (n === stopAt ? stopAtOnce(postgres) : server.killAndRestart());
    await server.waitUntilReady();
    history.write({ type: "fault", at: history.now(), what: "repaired" });
  }
}

/** What `pg_ctl stop -m immediate` does: nothing is written down any more. Its supervisor starts it again. */
async function stopAtOnce(postgres: EmbeddedPostgres): Promise<void> {
  const { pid } = postgres;
  process.kill(pid, "SIGQUIT");
  while (postgres.pid === pid) await sleep(50);
}
