/** Emit so many events. */
export interface BusOrder {
  readonly count: number;
  /** null: as fast as possible. */
  readonly perSecond: number | null;
}

/** Listening, done, or: the bus has noticed that something may be lost. */
export type BusAnswer = { readonly port: number } | { readonly emitted: number } | { readonly gap: true };
