/** A way to one of the servers. */
export interface Way {
  /** The server, as the history calls it. */
  readonly name: string;
  readonly url: string;
}
