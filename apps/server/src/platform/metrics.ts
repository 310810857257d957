import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { createReplicaMetrics, type ReplicaMetrics } from "./replica-metrics.ts";
import { createStateMetrics, type StateMetrics } from "./state-metrics.ts";
import { createWorkMetrics, type WorkMetrics } from "./work-metrics.ts";

/** What is measured, by name of the thing; `/metrics` shows it. */
export interface Metrics extends ReplicaMetrics, StateMetrics, WorkMetrics {
  connectionOpened(transport: string): void;
  connectionClosed(reason: string): void;
  messageAccepted(repeated: boolean): void;
  messageRefused(code: string): void;
  /** One batch of the write path: how many messages, and how long its round trip took, in seconds. */
  batchAppended(size: number, seconds: number): void;
  /** One event handed to the fan-out for so many connections. */
  fannedOut(event: string, receivers: number): void;
  /** One socket command, by outcome: `ok` or an error code; in seconds. */
  commandRun(command: string, outcome: string, seconds: number): void;
  /** Notes handed to the other processes, and notes of theirs. */
  notesPublished(count: number): void;
  notesReceived(count: number): void;
  /** Notes of other processes were lost, or may have been. */
  busGap(): void;
  /** Whether notes pass between the processes now. */
  busWhole(isWhole: boolean): void;
  /** Prometheus text. */
  render(): Promise<string>;
  /** The same as plain JSON, to be put together with that of other processes. */
  values(): Promise<MetricValues[]>;
}

/** One metric with all of its values. */
export type MetricValues = Awaited<ReturnType<Registry["getMetricsAsJSON"]>>[number];

const LATENCY_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const BATCH_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** Prometheus metrics, in a registry of their own: several servers may live in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const realtime = createRealtimeMetrics(registry);
  const writing = createWritingMetrics(registry);
  const bus = createBusMetrics(registry);
  return {
    ...realtime,
    ...writing,
    ...bus,
    ...createReplicaMetrics(registry),
    ...createStateMetrics(registry),
    ...createWorkMetrics(registry),
    render: () => registry.metrics(),
    values: () => registry.getMetricsAsJSON(),
  };
}

type RealtimeMetrics = Pick<Metrics, "connectionOpened" | "connectionClosed" | "fannedOut" | "commandRun">;

function createRealtimeMetrics(registry: Registry): RealtimeMetrics {
  const counter = (name: string, help: string, label: string) =>
    new Counter({ name, help, labelNames: [label], registers: [registry] });
  const connections = new Gauge({ name: "parley_connections", help: "Live sockets.", registers: [registry] });
  const opened = counter("parley_connections_opened_total", "Sockets opened, by transport.", "transport");
  const closed = counter("parley_connections_closed_total", "Sockets closed, by reason.", "reason");
  const events = counter("parley_fan_out_events_total", "Events handed to the fan-out.", "event");
  const deliveries = counter("parley_fan_out_deliveries_total", "Events times connections.", "event");
  const commands = new Histogram({
    name: "parley_command_seconds",
    help: "Socket commands, by outcome: ok or an error code.",
    labelNames: ["command", "outcome"],
    buckets: LATENCY_SECONDS,
    registers: [registry],
  });
  return {
    connectionOpened: (transport) => {
      connections.inc();
      opened.inc({ transport });
    },
    connectionClosed: (reason) => {
      connections.dec();
      closed.inc({ reason });
    },
    fannedOut: (event, receivers) => {
      events.inc({ event });
      deliveries.inc({ event }, receivers);
    },
    commandRun: (command, outcome, seconds) => commands.observe({ command, outcome }, seconds),
  };
}

type WritingMetrics = Pick<Metrics, "messageAccepted" | "messageRefused" | "batchAppended">;

function createWritingMetrics(registry: Registry): WritingMetrics {
  const accepted = new Counter({
    name: "parley_messages_accepted_total",
    help: "Sends that were acknowledged; repeated: stored before under the same clientMessageId.",
    labelNames: ["repeated"],
    registers: [registry],
  });
  const refused = new Counter({
    name: "parley_messages_refused_total",
    help: "Sends that were refused, by error code.",
    labelNames: ["code"],
    registers: [registry],
  });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers: [registry] });
  const seconds = histogram("parley_append_seconds", "Round trip of one batch of messages.", LATENCY_SECONDS);
  const sizes = histogram("parley_append_batch_size", "Messages in one batch.", BATCH_SIZES);
  return {
    messageAccepted: (repeated) => accepted.inc({ repeated: String(repeated) }),
    messageRefused: (code) => refused.inc({ code }),
    batchAppended: (size, took) => {
      sizes.observe(size);
      seconds.observe(took);
    },
  };
}

type BusMetrics = Pick<Metrics, "notesPublished" | "notesReceived" | "busGap" | "busWhole">;

function createBusMetrics(registry: Registry): BusMetrics {
  const counter = (name: string, help: string) => new Counter({ name, help, registers: [registry] });
  const published = counter("parley_bus_notes_published_total", "Notes handed to the other processes.");
  const received = counter("parley_bus_notes_received_total", "Notes of other processes.");
  const gaps = counter("parley_bus_gaps_total", "Times that notes were lost, or may have been.");
  const whole = new Gauge({
    name: "parley_bus_whole",
    help: "1 while notes pass between the processes (and for a process that is alone).",
    aggregator: "min",
    registers: [registry],
  });
  whole.set(1);
  return {
    notesPublished: (count) => published.inc(count),
    notesReceived: (count) => received.inc(count),
    busGap: () => gaps.inc(),
    busWhole: (isWhole) => whole.set(isWhole ? 1 : 0),
  };
}
