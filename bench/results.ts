import type { Quiet } from "./machine.ts";
import type { Semantics } from "./peers/peer.ts";
import type { Budget } from "./scenarios/budget.ts";
import type { ComingsFigures } from "./scenarios/comings-and-goings.ts";
import type { QuietFigures } from "./scenarios/quiet-connections.ts";
import type { ReadResults } from "./scenarios/reads.ts";
import type { StormFigures } from "./scenarios/reconnect-storm.ts";
import type { Measurement } from "./trial.ts";

/** How a peer stands in the tables. */
export interface PeerWords {
  readonly name: string;
  readonly label: string;
  readonly setup: string;
  readonly semantics: Semantics;
}

/** All that one run leaves: bench/results/latest.json, and docs/benchmarks.json of the run that is documented. */
export interface Results {
  readonly at: string;
  readonly commit: string;
  readonly machine: string;
  readonly quiet: Quiet;
  readonly postgres: string;
  readonly effort: { readonly rounds: number; readonly seconds: number; readonly stored: number };
  readonly tookSeconds: number;
  readonly measurements: readonly Measurement[];
  readonly budgets: readonly Budget[];
  readonly peers: readonly PeerWords[];
  /** What could not be measured here, and why. */
  readonly missing: readonly { readonly what: string; readonly why: string }[];
  readonly reads: ReadResults | null;
  readonly quietConnections: readonly QuietFigures[];
  readonly comings: readonly ComingsFigures[];
  readonly storm: StormFigures | null;
}
