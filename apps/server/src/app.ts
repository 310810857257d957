import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { commandHandlers } from "./commands.ts";
import type { Deps } from "./deps.ts";
import { chooseDrivers, type SharedThroughPrimary } from "./drivers.ts";
import { authenticate } from "./features/auth/authenticate.ts";
import { loadSignOuts } from "./features/auth/poll-revocations.ts";
import { SignOuts } from "./features/auth/sign-outs.ts";
import { createConversationPolicies } from "./features/conversations/create-conversation-policies.ts";
import { createMessageAppender } from "./features/messages/create-message-appender.ts";
import { createMemoryTypingRegistry } from "./features/typing/memory-typing-registry.ts";
import { type Clock, systemClock } from "./platform/clock.ts";
import { noProcessBus } from "./platform/cluster/no-process-bus.ts";
import type { ProcessBus } from "./platform/cluster/process-bus.ts";
import { createRedisProcessBus } from "./platform/cluster/redis-process-bus.ts";
import { shareDomainEvents } from "./platform/cluster/share-domain-events.ts";
import type { Config } from "./platform/config.ts";
import { APPEND_LANES, createDatabase } from "./platform/db/create-database.ts";
import { createDomainEventBus } from "./platform/domain-events.ts";
import { isAllowedOrigin } from "./platform/http/allowed-origin.ts";
import { createHttpServer } from "./platform/http/create-http-server.ts";
import { type Budgets, budgets as usualBudgets } from "./platform/limits/budgets.ts";
import { changeBounds, KeyedGate } from "./platform/limits/keyed-gate.ts";
import { catchUpPace, PacedQueue, searchPace } from "./platform/limits/paced-queue.ts";
import type { Logger } from "./platform/logger.ts";
import { createMetrics } from "./platform/metrics.ts";
import { createRealtime, type Realtime } from "./platform/realtime/create-realtime.ts";
import { runStopSteps, type StopStep } from "./platform/shutdown.ts";
import { createRoutes } from "./routes.ts";
import { startSchedule } from "./schedule.ts";
import { subscribeAll } from "./subscribers.ts";
import { tracedFanOut, tracePlatform } from "./platform/tracing/trace-platform.ts";
import type { Tracing } from "./platform/tracing/tracing.ts";
import { watchState } from "./watch-state.ts";
import { sessionPrefix } from "./workers/forward-sessions.ts";

interface AppOptions {
  readonly config: Config;
  /** Of a migrated database, for the role that owns it. */
  readonly databaseUrl: string;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Instead of the usual ones, in tests. */
  readonly budgets?: Partial<Budgets>;
  /** To the other processes of this system; left out: over Redis where there is one, else this process is alone. */
  readonly processBus?: ProcessBus;
  /** Where this server writes down its work as traces; left out: nowhere. Its owner closes it. */
  readonly tracing?: Tracing | undefined;
  /** Of a worker: its place, and what it shares with the others through the primary. */
  readonly worker?: { readonly slot: number; readonly primary: SharedThroughPrimary };
}

export interface App {
  /** Where it listens, e.g. `http://127.0.0.1:3000`; before `listen`, the configured address. */
  readonly url: string;
  /** Takes requests and sockets on the configured host and port (0: any free one). */
  listen(): Promise<string>;
  /** Stops in order: what was accepted is committed and acknowledged, clients are told to come back. Twice is once. */
  close(): Promise<void>;
  readonly deps: Deps;
  readonly http: FastifyInstance;
}

/** Puts the server together. Neither migrates nor seeds. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, logger } = options;
  const { deps, realtime, closeDrivers } = composeDeps(options);
  subscribeAll(deps);
  const readiness = { draining: false };
  const http = await createHttpServer(deps, createRoutes(readiness));
  await http.ready();
  realtime.attach(http.server, deps, commandHandlers);
  const stopSchedule = startSchedule(deps);
  const stopAccepting = () => {
    readiness.draining = true;
    realtime.drain();
    stopSchedule();
  };
  let closed: Promise<void> | undefined;
  let url = config.publicUrl;
  return {
    get url() {
      return url;
    },
    listen: async () => {
      await loadSignOuts(deps);
      await listenOn(http, config);
      url = addressOf(http.server.address() as AddressInfo);
      return url;
    },
    close: () => (closed ??= runStopSteps(stopSteps({ deps, realtime, http, stopAccepting, closeDrivers }), logger)),
    deps,
    http,
  };
}

/** What everything else stands on. */
function openPlatform({ config, databaseUrl, logger, clock = systemClock, worker, processBus }: AppOptions) {
  const primary = worker?.primary ?? null;
  const metrics = { ...createMetrics(), ...(primary && { render: () => primary.renderMetrics() }) };
  return {
    config,
    logger,
    clock,
    metrics,
    db: createDatabase({
      url: databaseUrl,
      processes: config.workers,
      ...(config.replicaUrls.length > 0 && { replicas: { urls: config.replicaUrls, clock, logger, metrics } }),
      onLent: (pool, waitedSeconds) => metrics.connectionLent(pool, waitedSeconds),
      onError: (err) => logger.warn({ err }, "A database connection broke"),
    }),
    bus: createDomainEventBus((err) => logger.error({ err }, "A subscriber failed")),
    processBus: processBus ?? openProcessBus({ config, clock, logger, metrics }),
    drivers: chooseDrivers({ redisUrl: config.redisUrl, clock, logger, shared: primary }),
  };
}

function composeDeps(options: AppOptions) {
  const { budgets = {}, worker } = options;
  const { drivers, ...platform } = tracePlatform(options.tracing, openPlatform(options));
  const { config, clock, db, bus, processBus } = platform;
  const signOuts = new SignOuts();
  const realtime = createRealtime({
    ...platform,
    authenticate: (token) => authenticate({ config, clock, db, signOuts }, token),
    isSignedOut: (actor) => signOuts.ended(actor),
    isAllowedOrigin: (origin, host) => isAllowedOrigin(config, origin, host),
    ...(worker && { sessionPrefix: sessionPrefix(worker.slot) }),
  });
  shareDomainEvents(bus, processBus);
  const fanOut = tracedFanOut(options.tracing, realtime.fanOut);
  const { conversationTypes } = config;
  const searches = new PacedQueue(clock, searchPace);
  const deps: Deps = {
    ...platform,
    fanOut,
    signOuts,
    limiter: drivers.limiter,
    budgets: { ...usualBudgets, ...budgets },
    catchUps: new PacedQueue(clock, catchUpPace),
    changes: new KeyedGate(changeBounds),
    searches,
    presence: drivers.presence,
    typing: createMemoryTypingRegistry(clock),
    appender: createMessageAppender({ ...platform, fanOut }, APPEND_LANES),
    policies: createConversationPolicies({ db, conversationTypes }),
    conversationTypes,
  };
  watchState({ ...deps, queues: { "catch-ups": deps.catchUps, searches } }, drivers.redisIsReady);
  return { deps, realtime, closeDrivers: () => drivers.close() };
}

function openProcessBus({ config, ...parts }: Pick<Deps, "config" | "clock" | "logger" | "metrics">): ProcessBus {
  return config.redisUrl === null ? noProcessBus : createRedisProcessBus({ url: config.redisUrl, ...parts });
}

interface Parts {
  readonly deps: Deps;
  readonly realtime: Realtime;
  readonly http: FastifyInstance;
  stopAccepting(): void;
  closeDrivers(): void;
}

/** First what was accepted is brought to its end, then the ways in are closed, then what they stood on. */
function stopSteps({ deps, realtime, http, stopAccepting, closeDrivers }: Parts): StopStep[] {
  return [
    { name: "readiness off, clients told", withinMs: 500, run: stopAccepting },
    { name: "running batches", withinMs: 3_000, run: () => deps.appender.drain() },
    { name: "sockets", withinMs: 2_000, run: () => realtime.close() },
    { name: "HTTP", withinMs: 1_500, run: () => closeHttp(http) },
    { name: "presence and typing", withinMs: 500, run: () => (deps.presence.close(), deps.typing.close()) },
    { name: "other processes", withinMs: 1_000, run: () => deps.processBus.close() },
    { name: "drivers", withinMs: 500, run: closeDrivers },
    { name: "database", withinMs: 1_000, run: () => deps.db.close() },
  ];
}

/** Answers what is being answered, but not for longer than a second. */
async function closeHttp(http: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => http.server.closeAllConnections(), 1_000);
  try {
    await http.close();
  } finally {
    clearTimeout(timer);
  }
}

/** @throws Error with a sentence that names the variable */
async function listenOn(http: FastifyInstance, { host, port }: Config): Promise<void> {
  try {
    await http.listen({ host, port });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") throw new Error(`PORT ${port} is in use; name another one.`, { cause });
    throw new Error(`HOST ${host} and PORT ${port} cannot be listened on: ${message}`, { cause });
  }
}

function addressOf({ address, family, port }: AddressInfo): string {
  const everywhere = address === "0.0.0.0" || address === "::";
  const named = family === "IPv6" ? `[${address}]` : address;
  return `http://${everywhere ? "127.0.0.1" : named}:${port}`;
}
