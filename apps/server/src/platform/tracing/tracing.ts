/** What a span may carry: names, numbers and codes. Never ids of people, contents, names or tokens. */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>;

export interface SpanOptions {
  /** server: asked from outside · producer, consumer: the two ends of a hop between processes · else internal. */
  readonly kind?: "server" | "producer" | "consumer";
  readonly facts?: SpanFacts;
  /** A W3C `traceparent` that came from outside. One that is none is as good as none. */
  readonly parent?: unknown;
}

/** A piece of work that is under way. */
export interface OpenSpan {
  /** Does that work inside of this span: what it begins lies below. */
  run<Result>(work: () => Result): Result;
  /** Adds facts, and ends it (once; again is nothing). `failure`: the code of what went wrong. */
  end(facts?: SpanFacts, failure?: string): void;
}

/** Port: where the work of this process is written down as traces. There is one driver, OpenTelemetry; without it nothing is. */
export interface Tracing {
  /** Begins a span below the given parent, else below the one under way, else one of a new trace. */
  begin(name: string, options?: SpanOptions): OpenSpan;
  /** Does the work inside of a span, which ends with it; an error marks it with its code. */
  span<Result>(name: string, options: SpanOptions, work: () => Result): Result;
  /** Runs work that belongs to no request, e.g. a job: a trace of its own, kept only if something was begun below it or it failed. */
  ownTrace<Result>(name: string, facts: SpanFacts, work: () => Promise<Result>): Promise<Result>;
  /** Does work that belongs to everybody, such as a queue's, outside of the span under way. */
  outside<Result>(work: () => Result): Result;
  /** How to come back to the span under way from anywhere. */
  capture(): <Result>(work: () => Result) => Result;
  /** Whether the work under way is written down. */
  readonly isRecording: boolean;
  /** Of the span under way, for another process; undefined where nothing is recorded. */
  readonly traceparent: string | undefined;
  /** For the lines of the log: which trace they belong to. */
  readonly logFields: Readonly<Record<string, string>>;
  /** Spans that were handed over to the collector, and those that were lost on the way. */
  readonly counts: { readonly sent: number; readonly lost: number };
  /** Sends what is waiting, as far as it goes within a second. Never rejects. */
  close(): Promise<void>;
}
