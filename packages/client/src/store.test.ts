import { expect, it } from "vitest";
import { createStore } from "./store.ts";

it("tells of each change once, and of none that changes nothing", () => {
  const store = createStore();
  const heard: number[] = [];
  store.subscribe(() => heard.push(store.getState().unreadTotal));
  store.update((state) => ({ ...state, unreadTotal: 1 }));
  store.update((state) => state);
  store.update((state) => ({ ...state, unreadTotal: 2 }));
  expect(heard).toEqual([1, 2]);
});

it("stops each subscription by itself, even while it tells", () => {
  const store = createStore();
  let calls = 0;
  const listen = () => (calls += 1);
  const stopFirst = store.subscribe(listen);
  const stopSecond = store.subscribe(listen);
  const stopThird = store.subscribe(() => stopSecond());
  store.update((state) => ({ ...state }));
  expect(calls).toBe(2);
  store.update((state) => ({ ...state }));
  expect(calls).toBe(3);
  stopFirst();
  stopThird();
  store.update((state) => ({ ...state }));
  expect(calls).toBe(3);
});
