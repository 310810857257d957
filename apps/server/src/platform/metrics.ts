/** What is measured, by name of the thing; `/metrics` shows it. */
export interface Metrics {
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
  /** Prometheus text. */
  render(): Promise<string>;
}
