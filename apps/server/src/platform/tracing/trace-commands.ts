import { readCommandEvent, type Outcome } from "../realtime/command-event.ts";
import type { RunCommand } from "../realtime/run-command.ts";
import type { Tracing } from "./tracing.ts";

/** One span for each command of a socket, from its arrival to its acknowledgement. */
export const traceCommands =
  (tracing: Tracing, run: RunCommand): RunCommand =>
  async (session, event) => {
    const { name, args, answer, traceparent } = readCommandEvent(event);
    const command = name ?? "unknown";
    const span = tracing.begin(command, { kind: "server", parent: traceparent, facts: { "parley.command": command } });
    const acknowledge = (outcome: Outcome): void => {
      try {
        answer?.(outcome);
      } finally {
        span.end({ "parley.outcome": outcome.ok ? "ok" : outcome.error.code }, failureOf(outcome));
      }
    };
    await span.run(() => run(session, [event[0], ...args, acknowledge]));
    span.end();
  };

/** A refusal is no failure of ours. */
const failureOf = (outcome: Outcome): string | undefined =>
  outcome.ok || outcome.error.status < 500 ? undefined : outcome.error.code;
