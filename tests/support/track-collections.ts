import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

type Collection = ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>;

/** Every Map and Set that is made from now on, for as long as it lives. */
export interface TrackedCollections {
  /** How many entries of each one that still lives name `word`, in a key or a value; those without are left out. */
  naming(word: string): number[];
  stop(): void;
}

/** Replaces the global Map and Set, to find what programs keep without knowing where. */
export function trackCollections(): TrackedCollections {
  const [UsualMap, UsualSet] = [globalThis.Map, globalThis.Set];
  const made: WeakRef<Collection>[] = [];
  globalThis.Map = class<Key, Value> extends UsualMap<Key, Value> {
    constructor(entries?: Iterable<readonly [Key, Value]> | null) {
      super(entries);
      made.push(new WeakRef(this));
    }
  };
  globalThis.Set = class<Value> extends UsualSet<Value> {
    constructor(values?: Iterable<Value> | null) {
      super(values);
      made.push(new WeakRef(this));
    }
  };
  return {
    naming: (word) => {
      collectGarbage();
      return made.map((reference) => countNaming(reference.deref(), word)).filter((count) => count > 0);
    },
    stop: () => {
      globalThis.Map = UsualMap;
      globalThis.Set = UsualSet;
    },
  };
}

const countNaming = (collection: Collection | undefined, word: string): number =>
  collection === undefined
    ? 0
    : [...collection.entries()].filter((entry) => entry.some((part) => names(part, word))).length;

/** Looks at a text, at an object's own texts, and at those of its actor. */
function names(part: unknown, word: string): boolean {
  if (typeof part === "string") return part.includes(word);
  if (typeof part !== "object" || part === null) return false;
  const own = Object.values(part).some((value) => typeof value === "string" && value.includes(word));
  return own || ("actor" in part && names(part.actor, word));
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}
