import type { Presence, PresenceStatus } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { createGiveWay } from "../../platform/give-way.ts";
import { findPeopleOf, storeLastSeen } from "./store.ts";

/** People whose acquaintances are looked up by one statement. */
const BATCH = 100;
/** A new connection is told of at most so many people who are here; of the others it hears when something changes. */
const MAX_GREETINGS = 500;
const RETRY_MS = 2_000;
/** While more is to be told, a pause lasts so many times as long as the round before it, and never longer than this. */
const PAUSE_PER_ROUND = 3;
const LONGEST_PAUSE_MS = 300;

/** What is to be told of a person: that they changed, and to them who is here. */
interface Task {
  changed: boolean;
  arrived: boolean;
}

export interface PresenceTeller {
  /** A person's status changed: their people are to hear of it. */
  changed(userId: string): void;
  /** A connection opened: it is to hear who of its people is here. */
  arrived(userId: string): void;
}

type TellerDeps = Pick<Deps, "db" | "fanOut" | "presence" | "clock" | "logger">;

/**
 * Tells presence among people who share an active conversation. What comes up while one lookup is under way is told by
 * the next: when everybody reconnects at once, the database sees one statement at a time.
 */
export function createPresenceTeller(deps: TellerDeps): PresenceTeller {
  const waiting = new Map<string, Task>();
  let isWorking = false;

  function add(userId: string, task: Partial<Task>): void {
    waiting.set(userId, { changed: false, arrived: false, ...waiting.get(userId), ...task });
    if (!isWorking) void work();
  }

  /** When everybody comes back at once, many share a round, and so its statement. */
  const pauseAfter = (tookMs: number): Promise<void> =>
    new Promise((resolve) => void deps.clock.after(Math.min(LONGEST_PAUSE_MS, tookMs * PAUSE_PER_ROUND), resolve));

  async function work(): Promise<void> {
    isWorking = true;
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, BATCH);
      for (const [userId] of batch) waiting.delete(userId);
      const began = performance.now();
      const isTold = await tell(deps, new Map(batch)).catch((error: unknown) => {
        deps.logger.warn({ err: error }, "Presence could not be told");
        return false;
      });
      if (isTold) {
        if (waiting.size > 0) await pauseAfter(performance.now() - began);
        continue;
      }
      for (const [userId, task] of batch) waiting.set(userId, merge(task, waiting.get(userId)));
      deps.clock.after(RETRY_MS, () => void work());
      return;
    }
    isWorking = false;
  }

  return {
    changed: (userId) => add(userId, { changed: true }),
    arrived: (userId) => add(userId, { arrived: true }),
  };
}

const merge = (task: Task, other: Task | undefined): Task => ({
  changed: task.changed || (other?.changed ?? false),
  arrived: task.arrived || (other?.arrived ?? false),
});

async function tell(deps: TellerDeps, tasks: ReadonlyMap<string, Task>): Promise<true> {
  const userIds = [...tasks.keys()];
  const at = new Date(deps.clock.now()).toISOString();
  const before = await deps.presence.statusOf(userIds);
  await storeLastSeen(
    deps.db,
    userIds.filter((userId) => before.get(userId) === "offline"),
    at,
  );
  const people = await findPeopleOf(deps.db, userIds);
  // Looked up last: whatever changed meanwhile is told as it is now, and told again when its own turn comes.
  const statuses = await deps.presence.statusOf([...new Set([...userIds, ...[...people.values()].flat()])]);
  const describe = (userId: string): Presence => present(userId, statuses.get(userId) ?? "offline", at);
  const giveWay = createGiveWay();
  for (const [userId, task] of tasks) {
    await giveWay();
    const others = people.get(userId) ?? [];
    if (task.changed) deps.fanOut.toUsers(others, "presence:updated", describe(userId));
    if (task.arrived) greet(deps, userId, others.map(describe));
  }
  return true;
}

function greet({ fanOut }: TellerDeps, userId: string, others: readonly Presence[]): void {
  const here = others.filter(({ status }) => status !== "offline").slice(0, MAX_GREETINGS);
  for (const presence of here) fanOut.here.toUsers([userId], "presence:updated", presence);
}

const present = (userId: string, status: PresenceStatus, at: string): Presence => ({
  userId,
  status,
  lastSeenAt: status === "offline" ? at : null,
});
