import { Counter, Gauge, type Registry } from "prom-client";

/** A state that is looked at when somebody asks for the metrics, and costs nothing in between. */
export interface WatchedState {
  readonly name: string;
  readonly help: string;
  /** A number that only grows since the start of the process, and no state. */
  readonly isCount?: boolean;
  /** Over several processes; a sum where nothing is said. */
  readonly together?: "min" | "max" | "sum";
  readonly labels?: readonly string[];
  /** The values, each with those of its labels. */
  read(): Iterable<readonly [labels: Readonly<Record<string, string>>, value: number]>;
}

export interface StateMetrics {
  watch(state: WatchedState): void;
}

export const createStateMetrics = (registry: Registry): StateMetrics => ({
  watch: ({ name, help, isCount = false, together = "sum", labels = [], read }) => {
    const settings = { name, help, aggregator: together, labelNames: [...labels], registers: [registry] };
    if (isCount) void new Counter({ ...settings, collect: countsOf(read) });
    else void new Gauge({ ...settings, collect: statesOf(read) });
  },
});

const statesOf = (read: WatchedState["read"]) =>
  function (this: Gauge) {
    for (const [labels, value] of read()) this.set(labels, value);
  };

/** A counter can only be raised: it starts anew each time. */
const countsOf = (read: WatchedState["read"]) =>
  function (this: Counter) {
    this.reset();
    for (const [labels, value] of read()) this.inc(labels, value);
  };
