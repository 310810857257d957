import type { HistoryRecord } from "../history/history.ts";
import type { Check, Tell } from "./invariants.ts";

type Connected = Extract<HistoryRecord, { type: "connected" }>;

/** A second, as promised, and another one for a machine that is busy with breaking things. */
const WITHIN_MS = 2_000;

/** A connection hears nothing and is closed when its token has ended (I11). */
export function checkSessions(tell: Tell): Check {
  const open = new Map<string, Connected & { expiresAt: number }>();
  /** Servers whose clock is behind: they cannot know. */
  const behind = new Set<string>();
  let lastAt = 0;

  const overdueBy = (connected: { expiresAt: number }, at: number) => Math.round(at - connected.expiresAt - WITHIN_MS);

  return {
    add: (record) => {
      if ("at" in record) lastAt = record.at;
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
          tell("I11", `${record.device}: ${record.type} ${late} ms after its token's end and the time to act`);
        if (late > 0 || record.type === "disconnected") open.delete(keyOf(record));
      }
    },
    finish: () => {
      for (const connected of open.values()) {
        const late = overdueBy(connected, lastAt);
        if (late > 0) tell("I11", `${connected.device} is still connected ${late} ms after its token's end`);
      }
    },
  };
}

const keyOf = ({ device, connection }: { device: string; connection: number }): string => `${device} ${connection}`;
