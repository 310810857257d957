import { type SkinTone, skinTones } from "./skin-tone.ts";

/** The tone that this person chose in this browser, for all conversations. */
export interface ToneStore {
  get(): SkinTone;
  set(tone: SkinTone): void;
  subscribe(listener: () => void): () => void;
}

const KEY = "parley:skin-tone";

/** `storage` null: the choice lasts as long as the page. */
export function createToneStore(storage: Storage | null): ToneStore {
  let tone = read(storage);
  const listeners = new Set<() => void>();
  return {
    get: () => tone,
    set: (chosen) => {
      tone = chosen;
      write(storage, chosen);
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function read(storage: Storage | null): SkinTone {
  try {
    const kept = storage?.getItem(KEY);
    return skinTones.find((tone) => tone === kept) ?? "";
  } catch {
    return "";
  }
}

/** A storage that is full or forbidden keeps nothing; the choice still holds here. */
function write(storage: Storage | null, tone: SkinTone): void {
  try {
    storage?.setItem(KEY, tone);
  } catch {
    // Chosen again the next time.
  }
}

/** Null where a page may not store anything. */
function browserStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

export const toneStore: ToneStore = createToneStore(browserStorage());
