import type { ChatClient } from "@parley/client";
import { buildMessage, buildUser } from "@parley/testkit";
import { expect, it } from "vitest";
import { beginEdit, beginReply, createComposerStore } from "./composer-store.ts";

/** Storage of one tab, without a browser. */
function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as Storage;
}
const clientOf = (id: string) =>
  ({ store: { getState: () => ({ self: buildUser({ id }) }) } }) as unknown as ChatClient;

it("keeps drafts apart by conversation and by person, over a reload", () => {
  const storage = memoryStorage();
  createComposerStore(clientOf("ana"), storage).set("c1", { draft: "Half a", editing: null, replyTo: null });
  const reloaded = createComposerStore(clientOf("ana"), storage);
  expect(reloaded.get("c1").draft).toBe("Half a");
  expect(reloaded.get("c2").draft).toBe("");
  expect(createComposerStore(clientOf("ben"), storage).get("c1").draft).toBe("");
});

it("leaves nothing behind when the draft is gone", () => {
  const storage = memoryStorage();
  const store = createComposerStore(clientOf("ana"), storage);
  store.set("c1", { draft: "x", editing: null, replyTo: null });
  store.set("c1", { draft: "", editing: null, replyTo: null });
  expect(createComposerStore(clientOf("ana"), storage).get("c1").draft).toBe("");
});

it("lets the draft wait while a message is edited", () => {
  const store = createComposerStore(clientOf("ana"), memoryStorage());
  store.set("c1", { draft: "Later", editing: null, replyTo: null });
  beginEdit(store, buildMessage({ content: "Old" }));
  expect(store.get("c1")).toEqual({ draft: "Later", editing: { messageId: "c1-m1", text: "Old" }, replyTo: null });
});

it("ends a change when a reply begins, and keeps the draft", () => {
  const store = createComposerStore(clientOf("ana"), memoryStorage());
  const message = buildMessage({ content: "Old" });
  store.set("c1", { draft: "Later", editing: null, replyTo: null });
  beginEdit(store, message);
  beginReply(store, message);
  expect(store.get("c1")).toEqual({ draft: "Later", editing: null, replyTo: message });
});

it("works without storage, and tells its listeners", () => {
  const store = createComposerStore(clientOf("ana"), null);
  let told = 0;
  const stop = store.subscribe(() => {
    told += 1;
  });
  store.set("c1", { draft: "x", editing: null, replyTo: null });
  stop();
  store.set("c1", { draft: "y", editing: null, replyTo: null });
  expect(store.get("c1").draft).toBe("y");
  expect(told).toBe(1);
});
