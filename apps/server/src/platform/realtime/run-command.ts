import { type CommandName, commands } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../app-error.ts";
import { readCommandEvent, type Outcome } from "./command-event.ts";
import type { CommandHandler, CommandHandlers } from "./command-handler.ts";
import { parseInput } from "./parse-input.ts";
import { takeCommand } from "./command-rate.ts";
import type { RealtimeLimits } from "./realtime-limits.ts";
import type { Session } from "./session.ts";

/** Runs one event of a client: `[name, payload, {traceparent}?, acknowledgement?]`, as it came in. Never throws, never rejects. */
export type RunCommand = (session: Session, event: readonly unknown[]) => Promise<void>;

type CommandLimits = Pick<RealtimeLimits, "commandRate" | "commandsInFlight" | "unknownCommands" | "floodedCommands">;

/**
 * The way of every command: known, within the rate, parsed, run, answered. Whatever is thrown becomes a refusal. A
 * command without an acknowledgement runs all the same, it only gets no answer.
 * @param isClosing from then on every command is refused as `unavailable`
 */
export function createCommandRunner(
  deps: Deps,
  handlers: CommandHandlers,
  limits: CommandLimits,
  isClosing: () => boolean,
): RunCommand {
  async function execute(session: Session, name: CommandName | null, args: readonly unknown[]): Promise<Outcome> {
    if (isClosing()) throw new AppError("unavailable", { retryAfterMs: 1_000 });
    if (name === null) throw refuseUnknown(session, limits.unknownCommands);
    admit(session, limits, deps.clock.now());
    if (args.length !== 1) throw new AppError("invalid_request", { detail: "A command takes exactly one payload." });
    const input = parseInput(commands[name].input, args[0]);
    const handler = handlers[name] as CommandHandler<CommandName>;
    const result = await handler(deps, { actor: session.actor, connection: session }, input);
    return { ok: true, ...result };
  }

  return async (session, event) => {
    const startedAt = performance.now();
    const { name, args, answer } = readCommandEvent(event);
    session.commandsInFlight += 1;
    const outcome = await execute(session, name, args).catch((error: unknown) => refuse(deps, name, error));
    session.commandsInFlight -= 1;
    const label = outcome.ok ? "ok" : outcome.error.code;
    deps.metrics.commandRun(name ?? "unknown", label, (performance.now() - startedAt) / 1_000);
    try {
      answer?.(outcome);
    } catch (error) {
      deps.logger.error({ err: error, command: name }, "An answer could not be sent");
    }
  };
}

function admit(session: Session, limits: CommandLimits, now: number): void {
  if (session.actor.expiresAt <= now) throw new AppError("token_expired");
  if (session.commandsInFlight > limits.commandsInFlight) {
    throw new AppError("overloaded", { detail: "Wait for answers before you send more.", retryAfterMs: 1_000 });
  }
  const retryAfterMs = takeCommand(session, limits.commandRate, now);
  if (retryAfterMs === 0) return;
  session.floodedCommands += 1;
  if (session.floodedCommands > limits.floodedCommands) session.end();
  throw new AppError("rate_limited", { retryAfterMs });
}

function refuseUnknown(session: Session, allowed: number): AppError {
  session.unknownCommands += 1;
  if (session.unknownCommands > allowed) session.end();
  return new AppError("invalid_request", { detail: "There is no such command." });
}

function refuse({ logger }: Pick<Deps, "logger">, command: CommandName | null, error: unknown): Outcome {
  if (error instanceof AppError) return { ok: false, error: error.toProblem() };
  logger.error({ err: error, command }, "A command failed");
  return { ok: false, error: new AppError("internal").toProblem() };
}
