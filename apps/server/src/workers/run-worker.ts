import { createApp } from "../app.ts";
import { loadConfig } from "../platform/load-config.ts";
import { stopWhenTold } from "../platform/shutdown.ts";
import { openLogAndTraces } from "../platform/tracing/open-log-and-traces.ts";
import { forwardSessions } from "./forward-sessions.ts";
import { createIpcProcessBus } from "./ipc-process-bus.ts";
import { linkToPrimary, portOfProcess, readOrders } from "./worker-process.ts";

/**
 * One of several processes that share a port: the server without what the primary has done already. When the primary is killed, Node
 * ends it at once.
 * @throws Error with a sentence when it cannot start
 */
export async function runWorker(): Promise<void> {
  const { slot, folder, databaseUrl } = readOrders(process.env);
  const config = await loadConfig(process.env);
  const { logger: log, tracing } = await openLogAndTraces(config);
  const logger = log.child({ worker: slot });
  const report = (err: unknown) => logger.error({ err }, "A note of another worker could not be taken");
  const stopping: (() => void | Promise<void>)[] = [];
  const stop = stopWhenTold(async () => {
    for (const stopOne of stopping) await stopOne();
  }, logger);
  const primary = linkToPrimary(portOfProcess(process), { values: async () => app.deps.metrics.values(), stop });
  const app = await createApp({
    config,
    databaseUrl,
    logger,
    tracing,
    worker: { slot, primary },
    ...(config.redisUrl === null && { processBus: createIpcProcessBus(primary.channel, report) }),
  });
  stopping.push(() => app.close());
  stopping.push(await forwardSessions(app.http.server, { slot, folder }));
  if (tracing !== undefined) stopping.push(() => tracing.close());
  await app.listen();
  await primary.channel.ask("ready", null);
}
