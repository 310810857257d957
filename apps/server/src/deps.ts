import type { ConversationTypePolicy } from "@parley/protocol";
import type { SignOuts } from "./features/auth/sign-outs.ts";
import type { MessageAppender } from "./features/messages/message-appender.ts";
import type { ConversationPolicies } from "./features/conversations/conversation-policies.ts";
import type { PresenceRegistry } from "./features/presence/presence-registry.ts";
import type { TypingRegistry } from "./features/typing/typing-registry.ts";
import type { Clock } from "./platform/clock.ts";
import type { ProcessBus } from "./platform/cluster/process-bus.ts";
import type { Config } from "./platform/config.ts";
import type { Database } from "./platform/db/database.ts";
import type { DomainEventBus } from "./platform/domain-events.ts";
import type { Budgets } from "./platform/limits/budgets.ts";
import type { KeyedGate } from "./platform/limits/keyed-gate.ts";
import type { PacedQueue } from "./platform/limits/paced-queue.ts";
import type { RateLimiter } from "./platform/limits/rate-limiter.ts";
import type { Logger } from "./platform/logger.ts";
import type { Metrics } from "./platform/metrics.ts";
import type { FanOut } from "./platform/realtime/fan-out.ts";
import type { Tracing } from "./platform/tracing/tracing.ts";

/** Everything that a use case may ask for; each takes only what it names: `Pick<Deps, "db" | "fanOut">`. */
export interface Deps {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Only where traces are asked for. Use cases need not care: the ways in, the ways out and the database are traced around them. */
  readonly tracing?: Tracing | undefined;
  readonly clock: Clock;
  readonly db: Database;
  readonly fanOut: FanOut;
  readonly bus: DomainEventBus;
  readonly processBus: ProcessBus;
  readonly limiter: RateLimiter;
  readonly budgets: Budgets;
  /** Catching up waits here: what comes all at once after an outage must not slow those who were not cut off. */
  readonly catchUps: PacedQueue;
  /** Searching waits here: short words cost the database much, and nobody else is to feel it. */
  readonly searches: Pick<PacedQueue, "run">;
  /** Changes of messages pass here, by their conversation: a busy one must not take all connections. */
  readonly changes: KeyedGate;
  readonly signOuts: SignOuts;
  readonly presence: PresenceRegistry;
  readonly typing: TypingRegistry;
  readonly appender: MessageAppender;

  readonly policies: ConversationPolicies;
  /** By name of the conversation type. */
  readonly conversationTypes: ReadonlyMap<string, ConversationTypePolicy>;
}
