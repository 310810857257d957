import { expect, it } from "vitest";
import { skinTones } from "./skin-tone.ts";
import { createToneStore } from "./tone-store.ts";

const [, , , medium] = skinTones;

/** A storage over a map. */
function memory(): Storage {
  const held = new Map<string, string>();
  return { getItem: (key: string) => held.get(key) ?? null, setItem: held.set.bind(held) } as unknown as Storage;
}

it("remembers the tone for the next page, and tells who listens", () => {
  const storage = memory();
  const store = createToneStore(storage);
  const heard: string[] = [];
  const stop = store.subscribe(() => heard.push(store.get()));
  store.set(medium);
  stop();
  store.set("");
  store.set(medium);
  expect(heard).toEqual([medium]);
  expect(createToneStore(storage).get()).toBe(medium);
});

it("begins without a tone, also where something else or nothing can be stored", () => {
  const broken = {
    getItem: () => "blue",
    setItem: () => {
      throw new Error("full");
    },
  } as unknown as Storage;
  const store = createToneStore(broken);
  expect(store.get()).toBe("");
  store.set(medium);
  expect(store.get()).toBe(medium);
  expect(createToneStore(null).get()).toBe("");
});
