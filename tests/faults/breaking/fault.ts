import type { Random } from "../world/random.ts";
import type { World } from "../world/start-world.ts";

/** What is broken, and the drawn numbers by which it is. */
export interface Scene {
  readonly world: World;
  readonly random: Random;
}

export interface Fault {
  readonly name: string;
  readonly needs?: "Redis";
  /** Breaks something and repairs it. Resolves when it works again by itself; to the server's name, when it was one of them. */
  breakIt(scene: Scene): Promise<string | null>;
}
