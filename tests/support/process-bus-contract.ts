import { afterEach, describe, expect, it } from "vitest";
import type { Note, ProcessBus } from "../../apps/server/src/platform/cluster/process-bus.ts";
import { EventFrame } from "../../apps/server/src/platform/realtime/event-frame.ts";
import { waitUntil } from "./wait-until.ts";

/** A bus with what it heard. */
export interface HeardBus {
  readonly bus: ProcessBus;
  readonly notes: Note[];
  gaps: number;
}

/** Notes as they can be compared. */
const readNotes = (notes: readonly Note[]) =>
  notes.map((note) => (note.kind === "event" ? { ...note, frame: note.frame.text } : note));

export function listenTo(bus: ProcessBus): HeardBus {
  const heard: HeardBus = { bus, notes: [], gaps: 0 };
  bus.onNote((note) => heard.notes.push(note));
  bus.onGap(() => {
    heard.gaps += 1;
  });
  return heard;
}

export const numbered = (version: number): Note => ({
  kind: "access",
  conversationId: "order",
  userId: "anna",
  version,
  revoked: true,
});

export const versionsOf = ({ notes }: HeardBus): number[] =>
  notes.flatMap((note) => (note.kind === "access" ? [note.version] : []));

const typing = { conversationId: "order", userId: "anna", typing: true };
const oneOfEach: Note[] = [
  {
    kind: "event",
    to: { kind: "participants", conversationId: "order", userIds: ["anna", "ben"] },
    frame: EventFrame.of("typing:updated", typing),
  },
  { kind: "event", to: { kind: "users", userIds: ["anna"] }, frame: EventFrame.of("typing:updated", typing) },
  { kind: "event", to: { kind: "open", conversationId: "order" }, frame: EventFrame.of("typing:updated", typing) },
  numbered(3),
  { kind: "happened", name: "unreadChanged", userIds: ["anna"], payload: { conversationId: "order" } },
];

/**
 * What every driver of the process bus keeps that reaches other processes.
 * @param open makes the buses of so many processes of one system; they are closed after each test
 */
export function describeProcessBus(name: string, open: (count: number) => Promise<readonly ProcessBus[]>): void {
  describe(`process bus over ${name}`, () => {
    let buses: readonly ProcessBus[] = [];
    afterEach(async () => {
      await Promise.all(buses.map((bus) => bus.close()));
    });

    const openWhole = async (count: number): Promise<HeardBus[]> => {
      buses = await open(count);
      const heard = buses.map(listenTo);
      await waitUntil(() => buses.every(({ isWhole }) => isWhole), { what: "the bus is whole" });
      return heard;
    };

    it("carries every kind of note to all others, and never back", async () => {
      const [one, two, three] = (await openWhole(3)) as [HeardBus, HeardBus, HeardBus];
      for (const note of oneOfEach) one.bus.publish(note);
      for (const other of [two, three]) {
        await expect.poll(() => readNotes(other.notes), { timeout: 5_000 }).toEqual(readNotes(oneOfEach));
      }
      two.bus.publish(numbered(9));
      await expect.poll(() => versionsOf(one)).toEqual([9]);
      expect(readNotes(two.notes)).toEqual(readNotes(oneOfEach));
    });

    it("keeps the order of one sender, through bursts and pauses", async () => {
      const [one, two] = (await openWhole(2)) as [HeardBus, HeardBus];
      const gapsBefore = two.gaps;
      let version = 0;
      for (const burst of [1, 500, 1, 2_000, 3]) {
        for (let n = 0; n < burst; n += 1) one.bus.publish(numbered((version += 1)));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const all = Array.from({ length: version }, (_, index) => index + 1);
      await expect.poll(() => versionsOf(two).length, { timeout: 5_000 }).toBe(version);
      expect(versionsOf(two)).toEqual(all);
      expect(two.gaps).toBe(gapsBefore);
    });

    it("goes on when a listener throws", async () => {
      const [one, two] = (await openWhole(2)) as [HeardBus, HeardBus];
      const later: Note[] = [];
      two.bus.onNote(() => {
        throw new Error("on purpose");
      });
      two.bus.onNote((note) => later.push(note));
      one.bus.publish(numbered(1));
      one.bus.publish(numbered(2));
      await expect.poll(() => later.length).toBe(2);
    });

    it("sends what waits when it is closed, is whole without whoever took leave, and takes nothing more", async () => {
      const [one, two, three] = (await openWhole(3)) as [HeardBus, HeardBus, HeardBus];
      const gapsBefore = two.gaps;
      one.bus.publish(numbered(1));
      await one.bus.close();
      one.bus.publish(numbered(2));
      await expect.poll(() => versionsOf(two)).toEqual([1]);
      three.bus.publish(numbered(3));
      await expect.poll(() => versionsOf(two)).toEqual([1, 3]);
      expect(two.bus.isWhole).toBe(true);
      expect(two.gaps).toBe(gapsBefore);
    });
  });
}
