import { Counter, Gauge, type Registry } from "prom-client";

/** Of reads that replicas may answer. Without replicas they stay empty. */
export interface ReplicaMetrics {
  /** One read was answered, by `primary` or by a replica's number. */
  readAnswered(by: string): void;
  /** A replica was looked at; by its number in DATABASE_REPLICA_URL, from 1. `behindBytes` null: it did not answer. */
  replicaSeen(replica: number, isInUse: boolean, behindBytes: number | null): void;
}

export function createReplicaMetrics(registry: Registry): ReplicaMetrics {
  const reads = new Counter({
    name: "parley_shared_reads_total",
    help: "Reads that replicas may answer, by who answered: primary, or a replica's number.",
    labelNames: ["by"],
    registers: [registry],
  });
  const inUse = new Gauge({
    name: "parley_replica_in_use",
    help: "1 while the replica answers reads.",
    labelNames: ["replica"],
    aggregator: "min",
    registers: [registry],
  });
  const behind = new Gauge({
    name: "parley_replica_behind_bytes",
    help: "How much of the log the replica had still to replay; -1: it did not answer.",
    labelNames: ["replica"],
    aggregator: "max",
    registers: [registry],
  });
  return {
    readAnswered: (by) => reads.inc({ by }),
    replicaSeen: (replica, isInUse, behindBytes) => {
      inUse.set({ replica }, isInUse ? 1 : 0);
      behind.set({ replica }, behindBytes ?? -1);
    },
  };
}
