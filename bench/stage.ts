import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type BenchDatabase, startDatabase } from "./database.ts";
import type { Conversation } from "./drivers/driver.ts";
import { type LoadGenerator, startLoadGenerator } from "./load-generator.ts";
import type { System } from "./systems.ts";

/** All that a run has started: whatever happens, `clear` stops it, the last first. */
export class Stage {
  readonly #stops: (() => Promise<unknown>)[] = [];
  readonly #systems = new Map<string, Promise<System>>();
  readonly #stored: number;
  #database: Promise<BenchDatabase> | null = null;

  /** @param stored messages that lie in the database before anything is measured */
  constructor(stored: number) {
    this.#stored = stored;
  }

  /** Started when it is first asked for. */
  database(): Promise<BenchDatabase> {
    this.#database ??= startDatabase(this.#stored).then((database) => {
      this.onClear(database.stop);
      return database;
    });
    return this.#database;
  }

  /** Starts a system once; it stays for all scenarios. */
  system(name: string, start: () => Promise<System>): Promise<System> {
    const found =
      this.#systems.get(name) ??
      start().then((system) => {
        this.onClear(system.stop);
        return system;
      });
    this.#systems.set(name, found);
    return found;
  }

  async connect(system: System, conversations: readonly Conversation[]): Promise<LoadGenerator> {
    const generator = await startLoadGenerator(system, conversations, (await this.database()).pid);
    this.onClear(generator.stop);
    return generator;
  }

  async folder(name: string): Promise<string> {
    const folder = join((await this.database()).folder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  onClear(stop: () => Promise<unknown>): void {
    this.#stops.push(stop);
  }

  async clear(): Promise<void> {
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) {
      await stop().catch((error: unknown) => console.error("Something could not be stopped.", error));
    }
  }
}
