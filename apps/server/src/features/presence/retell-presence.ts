import type { Clock } from "../../platform/clock.ts";
import type { ProcessBus } from "../../platform/cluster/process-bus.ts";

const LOOK_MS = 1_000;
/** A bus that broke is known to be broken within this time. */
const DOUBT_MS = 10_000;

interface RetellDeps {
  readonly clock: Clock;
  readonly processBus: Pick<ProcessBus, "isWhole">;
}

/**
 * Presence has no version by which clients could notice that they missed something. So what was told while the processes did
 * not hear each other, or just before that was known, is told again once they do.
 * @returns to be called with everybody who is told of
 */
export function createRetelling({ clock, processBus }: RetellDeps, retell: (userId: string) => void) {
  /** When each was told of last, oldest first. */
  const told = new Map<string, number>();
  let wasBroken = false;

  clock.every(LOOK_MS, () => {
    if (!processBus.isWhole) {
      wasBroken = true;
      return;
    }
    const isBack = wasBroken;
    wasBroken = false;
    for (const [userId, at] of told) {
      if (!isBack && at + DOUBT_MS > clock.now()) break;
      told.delete(userId);
      if (isBack) retell(userId);
    }
  });

  return (userId: string): void => {
    told.delete(userId);
    told.set(userId, clock.now());
  };
}
