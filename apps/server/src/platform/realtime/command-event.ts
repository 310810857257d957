import { type CommandName, commands, type Problem } from "@parley/protocol";

/** What a command is answered with, besides its result. */
export type Outcome = { ok: true } | { ok: false; error: Problem };

/** One event of a client, taken apart. */
export interface CommandEvent {
  /** null: no command of the catalogue. */
  readonly name: CommandName | null;
  /** What came behind the name: one payload, if all is well. */
  readonly args: readonly unknown[];
  /** null: the client asked for no answer. */
  readonly answer: ((outcome: Outcome) => void) | null;
  /** The trace that the client says it belongs to; it may be no `traceparent` at all. */
  readonly traceparent: string | undefined;
}

/** Takes `[name, payload, {traceparent}?, acknowledgement?]` apart, as it came in. */
export function readCommandEvent([name, ...rest]: readonly unknown[]): CommandEvent {
  const last = rest.at(-1);
  const answer = typeof last === "function" ? (last as (outcome: Outcome) => void) : null;
  const args = answer === null ? rest : rest.slice(0, -1);
  const known = isCommandName(name) ? name : null;
  const [payload, context] = args;
  return args.length === 2 && isTraceContext(context)
    ? { name: known, args: [payload], answer, traceparent: context.traceparent }
    : { name: known, args, answer, traceparent: undefined };
}

const isCommandName = (name: unknown): name is CommandName => typeof name === "string" && Object.hasOwn(commands, name);

const isTraceContext = (value: unknown): value is { traceparent: string } =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).length === 1 &&
  typeof (value as { traceparent?: unknown }).traceparent === "string";
