/** Figures of one measurement by their names; null what could not be told. */
export type Figures = Readonly<Record<string, number | null>>;

/** One thing to measure, as often as there are rounds. */
export interface Trial {
  readonly scenario: string;
  /** What is measured, e.g. "1,000/s". */
  readonly load: string;
  readonly system: string;
  measure(seconds: number): Promise<Figures>;
}

export interface Measurement {
  readonly scenario: string;
  readonly load: string;
  readonly system: string;
  readonly round: number;
  readonly figures: Figures;
}

interface Listeners {
  readonly onMeasured: (measurement: Measurement) => void;
  /** A system failed: it is left out from then on. */
  readonly onBroken: (system: string, error: Error) => void;
}

/**
 * Measures everything once a round. A load goes to one system after the other, so that what disturbs the machine disturbs all of
 * them; who begins changes from round to round.
 */
export async function measureInRounds(
  trials: readonly Trial[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  { onMeasured, onBroken }: Listeners,
): Promise<void> {
  const loads = [...new Set(trials.map(({ load }) => load))];
  const broken = new Set<string>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const load of loads) {
      const some = trials.filter((trial) => trial.load === load);
      for (const { scenario, system, measure } of rotate(some, round - 1)) {
        if (broken.has(system)) continue;
        try {
          onMeasured({ scenario, load, system, round, figures: await measure(seconds) });
        } catch (error) {
          broken.add(system);
          onBroken(system, error as Error);
        }
      }
    }
  }
}

const rotate = <Item>(items: readonly Item[], by: number): Item[] => {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
};
