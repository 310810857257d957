import { measureFlush } from "../floors/flush.ts";
import { measureInserts, prepareInsertFloor } from "../floors/inserts.ts";
import { loadTrial } from "../load-trial.ts";
import type { Stage } from "../stage.ts";
import { startEcho, startTcp } from "../systems.ts";
import type { Trial } from "../trial.ts";

const ROWS_A_STATEMENT = [1, 50] as const;
const PAIRS = 200;

/** What the machine can do at all: nothing that is measured later can be quicker. */
export async function prepareFloors(stage: Stage): Promise<Trial[]> {
  const scenario = "floors";
  const database = await stage.database();
  await prepareInsertFloor(database);
  const tcp = await stage.system("tcp", startTcp);
  const echo = await stage.system("echo", startEcho);
  const overTcp = await stage.connect(tcp, await tcp.open(PAIRS, 2));
  const overEcho = await stage.connect(echo, await echo.open(PAIRS, 2));
  const inFlight = [1, 64].map((inFlight) => ({ kind: "closed", inFlight }) as const);
  return [
    {
      scenario,
      system: "disk",
      load: "write 8 KiB, fdatasync",
      measure: async (seconds) => measureFlush(database.folder, seconds / 2),
    },
    ...ROWS_A_STATEMENT.map((rows) => ({
      scenario,
      system: "postgres",
      load: `PostgreSQL, INSERT of ${rows}`,
      measure: (seconds: number) => measureInserts(database, rows, seconds / 2),
    })),
    ...inFlight.flatMap((load) => [
      loadTrial({ scenario, system: "tcp", generator: overTcp, load, prefix: "bare TCP to both, " }),
      loadTrial({ scenario, system: "echo", generator: overEcho, load, prefix: "Socket.IO to both, " }),
    ]),
  ];
}
