import type { PresenceStatus } from "@parley/protocol";
import type { Clock } from "../../platform/clock.ts";
import { createMemoryPresenceRegistry } from "./memory-presence-registry.ts";
import type { PersonStatus, PresenceBoard } from "./presence-board.ts";
import type { HereStatus, PresenceRegistry } from "./presence-registry.ts";

const BEAT_MS = 1_000;
/** People in one call: more would hold up Redis for all. */
const SAID_AT_ONCE = 300;
/** Who asks for somebody's status does not wait longer for the board: what this process knows has to do. */
const ANSWER_WITHIN_MS = 500;
/** What changes within this time goes out together. */
const GATHER_MS = 20;

/**
 * Driver for several processes. The leases of connections are kept by the process that holds them; what they come to for each
 * person is written on a board that all share. While the board is away, this process tells what it knows itself; once it is
 * back, or was emptied, this process writes down anew who is here and corrects what it told alone.
 */
export function createSharedPresenceRegistry(clock: Clock, board: PresenceBoard): PresenceRegistry {
  return new SharedPresenceRegistry(clock, board);
}

class SharedPresenceRegistry implements PresenceRegistry {
  readonly #clock: Clock;
  readonly #board: PresenceBoard;
  readonly #local: PresenceRegistry;
  readonly #listeners: ((userId: string, status: PresenceStatus) => void)[] = [];
  readonly #here = new Map<string, HereStatus>();
  /** What the board has not heard; empty while it is away, since it gets all then. */
  #unsaid = new Map<string, PresenceStatus>();
  readonly #toldAlone = new Set<string>();
  #isAway = false;
  #mustSayAll = true;
  #exchange: Promise<void> | null = null;
  #isGathering = false;
  readonly #stopBeating: () => void;

  constructor(clock: Clock, board: PresenceBoard) {
    this.#clock = clock;
    this.#board = board;
    this.#local = createMemoryPresenceRegistry(clock);
    this.#local.onChange((userId, status) => this.#changedHere(userId, status));
    this.#stopBeating = clock.every(BEAT_MS, () => void this.#talk());
  }

  take(userId: string, connectionId: string): void {
    this.#local.take(userId, connectionId);
  }

  renew(userId: string, connectionId: string, status?: HereStatus): void {
    this.#local.renew(userId, connectionId, status);
  }

  release(userId: string, connectionId: string): void {
    this.#local.release(userId, connectionId);
  }

  async statusOf(userIds: readonly string[]): Promise<ReadonlyMap<string, PresenceStatus>> {
    if (userIds.length === 0) return new Map();
    let stopWaiting = (): void => {};
    const late = new Promise<null>((resolve) => {
      stopWaiting = this.#clock.after(ANSWER_WITHIN_MS, () => resolve(null));
    });
    const found = await Promise.race([this.#lookUp(userIds).catch(() => null), late]);
    stopWaiting();
    return found ?? this.#local.statusOf(userIds);
  }

  here(): readonly string[] {
    return this.#local.here();
  }

  onChange(listener: (userId: string, status: PresenceStatus) => void): void {
    this.#listeners.push(listener);
  }

  /** Says no farewell: its people come back elsewhere, and whoever does not is missed after a while. */
  close(): void {
    this.#listeners.length = 0;
    this.#stopBeating();
    this.#local.close();
  }

  /** null while the board is away. */
  async #lookUp(userIds: readonly string[]): Promise<ReadonlyMap<string, PresenceStatus> | null> {
    if (this.#unsaid.size > 0 || this.#mustSayAll) await this.#talk();
    if (this.#isAway) return null;
    const statuses = await this.#board.look(userIds);
    return new Map(userIds.map((userId, index) => [userId, statuses[index] ?? "offline"]));
  }

  #changedHere(userId: string, status: PresenceStatus): void {
    if (status === "offline") this.#here.delete(userId);
    else this.#here.set(userId, status);
    if (this.#isAway) {
      this.#tellAlone([[userId, status]]);
      return;
    }
    this.#unsaid.set(userId, status);
    if (this.#isGathering) return;
    this.#isGathering = true;
    this.#clock.after(GATHER_MS, () => {
      this.#isGathering = false;
      void this.#talk();
    });
  }

  /** One exchange with the board at a time; what comes up meanwhile is said in the next, which this waits for too. */
  async #talk(): Promise<void> {
    if (this.#exchange !== null) {
      while (this.#exchange !== null) await this.#exchange;
      if (this.#unsaid.size === 0) return;
    }
    this.#exchange = this.#sayAndHear().finally(() => {
      this.#exchange = null;
    });
    await this.#exchange;
  }

  async #sayAndHear(): Promise<void> {
    const said = this.#unsaid;
    this.#unsaid = new Map();
    try {
      await this.#say(this.#mustSayAll ? await this.#joined() : [...said]);
      this.#isAway = false;
      await this.#correct();
    } catch {
      this.#mustSayAll = true;
      this.#isAway = true;
      const untold = [...said, ...this.#unsaid];
      this.#unsaid = new Map();
      this.#tellAlone(untold);
    }
  }

  /** Takes part, and returns in what the board is wrong about this process. */
  async #joined(): Promise<PersonStatus[]> {
    const known = new Map(await this.#board.join());
    const missing = [...this.#here].filter(([userId, status]) => known.get(userId) !== status);
    const gone = [...known.keys()].filter((userId) => !this.#here.has(userId));
    return [...missing, ...gone.map((userId) => [userId, "offline"] as const)];
  }

  /** Says it in pieces; an empty one is a sign of life. Begins anew when the board does not know this process (any more). */
  async #say(entries: readonly PersonStatus[]): Promise<void> {
    let rest = entries;
    do {
      const changes = await this.#board.beat(rest.slice(0, SAID_AT_ONCE));
      if (changes === null) rest = await this.#joined();
      else {
        rest = rest.slice(SAID_AT_ONCE);
        this.#notify(changes);
      }
    } while (rest.length > 0);
    this.#mustSayAll = false;
  }

  /** What this process told alone is told as the board has it. */
  async #correct(): Promise<void> {
    if (this.#toldAlone.size === 0) return;
    const userIds = [...this.#toldAlone];
    const statuses = await this.#board.look(userIds);
    this.#toldAlone.clear();
    this.#notify(userIds.map((userId, index) => [userId, statuses[index] ?? "offline"]));
  }

  #tellAlone(changes: readonly PersonStatus[]): void {
    for (const [userId] of changes) this.#toldAlone.add(userId);
    this.#notify(changes);
  }

  #notify(changes: readonly PersonStatus[]): void {
    for (const [userId, status] of changes) for (const listener of this.#listeners) listener(userId, status);
  }
}
