import type { Load } from "./load-job.ts";
import type { LoadGenerator, Measured } from "./load-generator.ts";
import type { Figures, Trial } from "./trial.ts";

/** What runs has run before in the same process: this is for caches and queues to settle. */
const WARM_UP_SECONDS = 0.5;

export const nameOfLoad = (load: Load): string => {
  if (load.kind === "open") return `${load.rate.toLocaleString("en")}/s`;
  return load.kind === "closed" ? `${load.inFlight} in flight` : `${load.messages} at a time`;
};

export interface LoadTrial {
  readonly scenario: string;
  readonly system: string;
  readonly generator: LoadGenerator;
  readonly load: Load;
  /** Stands before the name of the load. */
  readonly prefix?: string;
  readonly before?: () => Promise<unknown>;
}

export const loadTrial = ({ scenario, system, generator, load, prefix = "", before }: LoadTrial): Trial => ({
  scenario,
  system,
  load: prefix + nameOfLoad(load),
  measure: async (seconds) => {
    await before?.();
    return figuresOf(await generator.run({ load, warmUpSeconds: WARM_UP_SECONDS, seconds }));
  },
});

export function figuresOf(result: Measured): Figures {
  const { ack, delivered, cpu, cpuPerDelivery } = result;
  return {
    perSecond: result.ackedPerSecond,
    deliveriesPerSecond: result.deliveredPerSecond,
    ...{ ackP50: ack.p50, ackP95: ack.p95, ackP99: ack.p99, ackMax: ack.max },
    ...{ deliveredP50: delivered.p50, deliveredP95: delivered.p95, deliveredP99: delivered.p99 },
    ...{ serverCpu: cpu.server, postgresCpu: cpu.postgres, clientCpu: cpu.client },
    ...{ serverCpuPerDelivery: cpuPerDelivery.server, clientCpuPerDelivery: cpuPerDelivery.client },
    ...{ refused: result.refused, unanswered: result.unanswered },
    ...{ undelivered: result.undelivered, wrong: result.wrong },
  };
}
