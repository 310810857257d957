import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "../../../apps/server/src/platform/db/embedded/start-embedded-postgres.ts";
import { type Relay, startRelay } from "../../support/start-relay.ts";
import { startRedis, type TestRedis } from "../../support/start-redis.ts";
import type { Way } from "../devices/way.ts";
import { createHistoryWriter, type HistoryWriter } from "../history/history-file.ts";
import { SECRET_KEY } from "../people/host-call.ts";
import { JWT_SECRET } from "../people/people.ts";
import { findSteadyPort } from "../../support/find-steady-port.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

interface WorldOptions {
  /** For the database, the configuration, and the history; it is removed by `stop`, but for the history. */
  readonly folder: string;
  readonly historyFile: string;
  /** Two on one PostgreSQL need a Redis between them. */
  readonly servers: 1 | 2;
  /** The compiled server to run, when it is not the product's. */
  readonly serverFolder?: string;
}

/** Everything that can be broken, and the history of what happens in it. */
export interface World {
  readonly history: HistoryWriter;
  readonly postgres: EmbeddedPostgres;
  readonly redis: TestRedis | null;
  readonly servers: readonly ServerProcess[];
  /** A network to each server, in their order. */
  readonly relays: readonly Relay[];
  /** Through the networks. */
  readonly ways: readonly Way[];
  /** Straight to the servers. */
  readonly straightWays: readonly Way[];
  stop(): Promise<void>;
}

const NAMES = ["A", "B"] as const;

export async function startWorld({ folder, historyFile, servers: count, serverFolder }: WorldOptions): Promise<World> {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "parley.json");
  // Nothing may be refused that a person does here, however far a clock is off.
  const group = { messageRate: null, editWindowSeconds: null, maxTextLength: 20_000 };
  writeFileSync(config, JSON.stringify({ conversationTypes: { group } }));
  const [postgres, redis] = await Promise.all([
    startEmbeddedPostgres({ dataDir: join(folder, "data") }),
    count > 1 ? startRedis() : null,
  ]);
  // The servers end by themselves when nobody is there any more; PostgreSQL would stay.
  const endWithUs = () => process.kill(postgres.pid, "SIGQUIT");
  process.once("exit", endWithUs);
  const servers: ServerProcess[] = [];
  for (const name of NAMES.slice(0, count)) {
    const env = {
      DATABASE_URL: postgres.url,
      PARLEY_JWT_SECRET: JWT_SECRET,
      PARLEY_SECRET_KEY: SECRET_KEY,
      PARLEY_CONFIG: config,
      DATA_DIR: join(folder, "data"),
      LOG_LEVEL: "warn",
      ...(redis && { REDIS_URL: redis.url }),
    };
    const folderOption = serverFolder === undefined ? {} : { folder: serverFolder };
    servers.push(await startServerProcess({ name, port: await findSteadyPort(), env, ...folderOption }));
  }
  const relays = await Promise.all(servers.map(({ url }) => startRelay(url)));
  return {
    history: createHistoryWriter(historyFile),
    postgres,
    redis,
    servers,
    relays,
    ways: relays.map(({ url }, index) => ({ name: servers[index]?.name ?? "", url })),
    straightWays: servers.map(({ name, url }) => ({ name, url })),
    stop: async () => {
      await Promise.all(relays.map((relay) => relay.stop()));
      await Promise.all(servers.map((server) => server.stop()));
      await redis?.stop();
      process.off("exit", endWithUs);
      await postgres.stop();
      rmSync(join(folder, "data"), { recursive: true, force: true });
    },
  };
}
