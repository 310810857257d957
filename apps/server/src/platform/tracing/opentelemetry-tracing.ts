import { AsyncLocalStorage } from "node:async_hooks";
import type * as OpenTelemetry from "@opentelemetry/api";
import type { Context, Span, SpanKind, Tracer } from "@opentelemetry/api";
import { failureCode } from "./failure-code.ts";
import { readTraceparent, writeTraceparent } from "./traceparent.ts";
import type { OpenSpan, SpanFacts, SpanOptions, Tracing } from "./tracing.ts";

type Api = typeof OpenTelemetry;

interface Parts {
  readonly api: Api;
  readonly tracer: Tracer;
  readonly counts: Tracing["counts"];
  readonly close: () => Promise<void>;
}

/** The span under way. */
interface Active {
  readonly context: Context;
  readonly span: Span;
  readonly isRecording: boolean;
  hasChildren: boolean;
  /** `performance.now()` of its end. */
  endedAt: number;
}

const NO_FIELDS = {};
/** What goes on for longer behind the end of a span (a timer that was set below it) is not its work any more. */
const AFTERMATH_MS = 10_000;

/** Driver over OpenTelemetry. What is under way is known by the asynchronous context. */
export class OpenTelemetryTracing implements Tracing {
  readonly #parts: Parts;
  readonly #kinds: Readonly<Record<NonNullable<SpanOptions["kind"]>, SpanKind>>;
  readonly #underWay = new AsyncLocalStorage<Active>();

  constructor(parts: Parts) {
    this.#parts = parts;
    const { SERVER, PRODUCER, CONSUMER } = parts.api.SpanKind;
    this.#kinds = { server: SERVER, producer: PRODUCER, consumer: CONSUMER };
  }

  begin(name: string, options: SpanOptions = {}): OpenSpan {
    const active = this.#start(name, options);
    let hasEnded = false;
    return {
      run: (work) => this.#underWay.run(active, work),
      end: (facts, failure) => {
        if (hasEnded) return;
        hasEnded = true;
        this.#finish(active, facts, failure);
      },
    };
  }

  span<Result>(name: string, options: SpanOptions, work: () => Result): Result {
    const active = this.#start(name, options);
    return this.#underWay.run(active, () => settled(work, (failure) => this.#finish(active, undefined, failure)));
  }

  async ownTrace<Result>(name: string, facts: SpanFacts, work: () => Promise<Result>): Promise<Result> {
    const active = this.#start(name, { facts }, this.#parts.api.ROOT_CONTEXT);
    return this.#underWay.run(active, () =>
      settled(work, (failure) => {
        // One that had nothing to do is never ended, and so never kept.
        if (active.hasChildren || failure !== undefined) this.#finish(active, undefined, failure);
      }),
    );
  }

  outside<Result>(work: () => Result): Result {
    return this.#underWay.exit(work);
  }

  capture(): <Result>(work: () => Result) => Result {
    const active = this.#underWay.getStore();
    return (work) => (active === undefined ? this.#underWay.exit(work) : this.#underWay.run(active, work));
  }

  get isRecording(): boolean {
    return this.#active?.isRecording === true;
  }

  get traceparent(): string | undefined {
    const active = this.#active;
    if (active?.isRecording !== true) return undefined;
    const { traceId, spanId } = active.span.spanContext();
    return writeTraceparent({ traceId, spanId, isSampled: true });
  }

  get logFields(): Readonly<Record<string, string>> {
    const active = this.#active;
    if (active === undefined) return NO_FIELDS;
    const { traceId, spanId } = active.span.spanContext();
    return { trace_id: traceId, span_id: spanId };
  }

  get counts(): Tracing["counts"] {
    return this.#parts.counts;
  }

  close(): Promise<void> {
    return this.#parts.close();
  }

  get #active(): Active | undefined {
    const active = this.#underWay.getStore();
    return active !== undefined && performance.now() - active.endedAt > AFTERMATH_MS ? undefined : active;
  }

  #start(name: string, { kind, facts, parent }: SpanOptions, above = this.#above(parent)): Active {
    const { api, tracer } = this.#parts;
    const span = tracer.startSpan(
      name,
      { ...(kind && { kind: this.#kinds[kind] }), ...(facts && { attributes: facts }) },
      above,
    );
    const context = api.trace.setSpan(above, span);
    return { span, context, isRecording: span.isRecording(), hasChildren: false, endedAt: Number.POSITIVE_INFINITY };
  }

  #above(parent: unknown): Context {
    const { api } = this.#parts;
    const remote = readTraceparent(parent);
    if (remote !== undefined) {
      const { traceId, spanId, isSampled } = remote;
      const context = { traceId, spanId, isRemote: true, traceFlags: isSampled ? 1 : 0 };
      return api.trace.setSpanContext(api.ROOT_CONTEXT, context);
    }
    const active = this.#active;
    if (active === undefined) return api.ROOT_CONTEXT;
    active.hasChildren = true;
    return active.context;
  }

  /** Never the error itself: its text may quote what people wrote. */
  #finish(active: Active, facts: SpanFacts = {}, failure?: string): void {
    const { span } = active;
    active.endedAt = performance.now();
    span.setAttributes(facts);
    if (failure !== undefined) {
      span.setAttribute("error.type", failure);
      span.setStatus({ code: this.#parts.api.SpanStatusCode.ERROR });
    }
    span.end();
  }
}

/** Does the work and says when it is over, with the code of its failure. */
function settled<Result>(work: () => Result, over: (failure: string | undefined) => void): Result {
  try {
    const result = work();
    if (!(result instanceof Promise)) {
      over(undefined);
      return result;
    }
    return result.then(
      (value: unknown) => {
        over(undefined);
        return value;
      },
      (error: unknown) => {
        over(failureCode(error));
        throw error;
      },
    ) as Result;
  } catch (error) {
    over(failureCode(error));
    throw error;
  }
}
