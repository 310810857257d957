import { failureCode } from "./failure-code.ts";
import type { OpenSpan, Tracing } from "./tracing.ts";

/** The way of messages through the batches. A request stands for its message; those that nobody records are not known here. */
export interface AppendTracing {
  /** The message waits for its batch from now on. */
  wait<Result>(request: object, push: () => Result): Result;
  /** The batch leaves. Returns what to call when its round trip is over. */
  leave(requests: readonly object[]): (error?: unknown) => void;
  /** What follows for that message belongs to its trace. */
  follow(request: object, work: () => void): void;
}

interface Way {
  /** Of the command or request that the message came with. */
  readonly within: <Result>(work: () => Result) => Result;
  readonly waiting: OpenSpan;
}

/**
 * Gives each recorded message a span for its wait and one for the round trip of its batch, both below the command that
 * brought it, although a batch carries messages of many traces.
 */
export function traceAppends(tracing: Tracing): AppendTracing {
  const ways = new WeakMap<object, Way>();
  return {
    wait: (request, push) => {
      if (!tracing.isRecording) return tracing.outside(push);
      ways.set(request, { within: tracing.capture(), waiting: tracing.begin("wait in batch") });
      // The lane works for everybody, from now until nothing waits.
      return tracing.outside(push);
    },
    leave: (requests) => {
      const trips = requests.flatMap((request) => {
        const way = ways.get(request);
        if (way === undefined) return [];
        way.waiting.end();
        const facts = { "db.system.name": "postgresql", "db.operation.batch.size": requests.length };
        return [way.within(() => tracing.begin("append_messages", { facts }))];
      });
      return (error) => {
        for (const trip of trips) trip.end(undefined, error === undefined ? undefined : failureCode(error));
      };
    },
    follow: (request, work) => {
      const way = ways.get(request);
      if (way === undefined) work();
      else way.within(work);
    },
  };
}
