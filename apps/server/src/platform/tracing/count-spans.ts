import type { ReadableSpan, SpanExporter, SpanProcessor } from "@opentelemetry/sdk-trace";

type ExportResult = Parameters<Parameters<SpanExporter["export"]>[1]>[0];

/** Told when the collector takes nothing any more (with why), and when it takes spans again. */
export interface TracingTrouble {
  lost(error: Error | undefined): void;
  over(): void;
}

/**
 * Knows how many spans there are between their end and the collector, and lets no more than `limit` be there: past it
 * they are lost, whatever the collector does. Stands before the processor that gathers them and behind it.
 */
export class SpanCounts {
  sent = 0;
  lost = 0;
  #waiting = 0;
  #isTaken = true;
  readonly #limit: number;
  readonly #trouble: TracingTrouble;

  constructor(limit: number, trouble: TracingTrouble) {
    this.#limit = limit;
    this.#trouble = trouble;
  }

  /** @param gather brings spans to the exporter of `behind` */
  before(gather: SpanProcessor): SpanProcessor {
    return {
      onStart: () => {},
      onEnd: (span) => {
        if (this.#waiting >= this.#limit) {
          this.lost += 1;
          return;
        }
        this.#waiting += 1;
        gather.onEnd(span);
      },
      forceFlush: () => gather.forceFlush(),
      shutdown: () => gather.shutdown(),
    };
  }

  behind(exporter: SpanExporter): SpanExporter {
    return {
      export: (spans: ReadableSpan[], done: (result: ExportResult) => void) =>
        exporter.export(spans, (result) => {
          this.#settle(spans.length, result);
          done(result);
        }),
      shutdown: () => exporter.shutdown(),
    };
  }

  #settle(count: number, { code, error }: ExportResult): void {
    // Zero is OpenTelemetry's code of an export that the collector took.
    const isTaken = !code;
    this.#waiting -= count;
    if (isTaken) this.sent += count;
    else this.lost += count;
    if (isTaken !== this.#isTaken) {
      if (isTaken) this.#trouble.over();
      else this.#trouble.lost(error);
    }
    this.#isTaken = isTaken;
  }
}
