import type { HistoryRecord } from "../history/history.ts";
import type { Check, Tell } from "./invariants.ts";
import type { Ledger } from "./ledger.ts";

type Connected = Extract<HistoryRecord, { type: "connected" }>;

/** A second, as promised, and another one for a machine that is busy with breaking things. */
const WITHIN_MS = 2_000;

/** Without Redis, or with whatever else broken, the other servers learn of a sign-out so much later. */
const LATER_MS = 4_000;
/** After a repair it takes so long until all is as before. */
const CALM_AFTER_MS = 10_000;

/** A connection hears nothing and is closed when its token has ended, or its session was ended on whatever server (I11). */
export function checkSessions(ledger: Ledger, tell: Tell): Check {
  const open = new Map<string, Connected & { expiresAt: number }>();
  /** Servers whose clock is behind: they cannot know. */
  const behind = new Set<string>();
  let lastAt = 0;
  let calmFrom = 0;

  const overdueBy = (connected: { expiresAt: number }, at: number) => Math.round(at - connected.expiresAt - WITHIN_MS);

  function signedOut(device: string, at: number): void {
    const endsAt = at + (at > calmFrom ? 0 : LATER_MS);
    for (const [key, connected] of open) {
      if (connected.device === device)
        open.set(key, { ...connected, expiresAt: Math.min(connected.expiresAt, endsAt) });
    }
  }

  return {
    add: (record) => {
      if ("at" in record) lastAt = record.at;
      if (record.type === "broken") calmFrom = Number.POSITIVE_INFINITY;
      if (record.type === "repaired") calmFrom = record.at + CALM_AFTER_MS;
      if (record.type === "ok") {
        const operation = ledger.open.get(record.op)?.operation;
        if (operation?.do === "sign-out") signedOut(operation.device, record.at);
      }
      if (record.type === "clock") {
        if (record.aheadMs < 0) behind.add(record.server);
        else behind.delete(record.server);
        for (const [key, { server }] of open) if (behind.has(server)) open.delete(key);
      } else if (record.type === "connected") {
        const { expiresAt } = record;
        if (expiresAt !== null && !behind.has(record.server)) open.set(keyOf(record), { ...record, expiresAt });
      } else if (record.type === "heard" || record.type === "disconnected") {
        const connected = open.get(keyOf(record));
        if (connected === undefined) return;
        const late = overdueBy(connected, record.at);
        if (late > 0)
          tell("I11", `${record.device}: ${record.type} ${late} ms after its session's end and the time to act`);
        if (late > 0 || record.type === "disconnected") open.delete(keyOf(record));
      }
    },
    finish: () => {
      for (const connected of open.values()) {
        const late = overdueBy(connected, lastAt);
        if (late > 0) tell("I11", `${connected.device} is still connected ${late} ms after its session's end`);
      }
    },
  };
}

const keyOf = ({ device, connection }: { device: string; connection: number }): string => `${device} ${connection}`;
