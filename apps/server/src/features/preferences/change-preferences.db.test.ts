import type { Preferences } from "@parley/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asUser, createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import { getConversation } from "../conversations/get-conversation.ts";
import { changePreferences } from "./change-preferences.ts";

describe("preferences", () => {
  let store: StoreFixture;
  const told: { recipients: readonly string[]; preferences: Preferences }[] = [];
  let now = Date.parse("2026-01-05T12:00:00.000Z");
  beforeAll(async () => {
    store = await createStoreFixture();
  });
  afterAll(() => store.close());

  type Input = Parameters<typeof changePreferences>[2]["input"];
  const change = (id: string, input: Input, userId = "ana") => {
    const fanOut = {
      toParticipants: (_id: string, recipients: readonly string[], _name: string, payload: object) =>
        void told.push({ recipients, ...(payload as { preferences: Preferences }) }),
    } as never;
    const clock = { now: () => now } as never;
    return changePreferences({ db: store.db, fanOut, clock }, asUser(userId), { id, input });
  };
  const see = (id: string, userId = "ana") => getConversation(store, asUser(userId), id);

  it("keep what is not named, to the millisecond", async () => {
    const id = await store.conversation(["ana", "ben"]);
    const mutedUntil = "2026-01-05T12:00:00.001Z";
    const pinned = await change(id, { pinned: true });
    expect(await change(id, { mutedUntil })).toEqual({ ...pinned, mutedUntil, version: 2 });
    expect(await change(id, { mutedUntil: null, markedUnread: true })).toEqual({
      ...{ ...pinned, markedUnread: true },
      version: 3,
    });
    now += 1;
    expect((await change(id, { mutedUntil })).mutedUntil).toBeNull();
    expect((await change(id, { mutedUntil: "0001-01-01T00:00:00.000Z" })).version).toBe(3);
    expect((await change(id, { mutedUntil: "9999-12-31T23:59:59.999Z" })).mutedUntil).toBe("9999-12-31T23:59:59.999Z");
    expect((await change(id, { pinned: false, markedUnread: false })).pinnedAt).toBeNull();
    expect((await see(id)).preferences.version).toBe(5);
    expect((await see(id, "ben")).preferences.version).toBe(0);
  });

  it("are nothing to those who do not take part", async () => {
    const id = await store.conversation(["ana", "ben"]);
    for (const [unknown, userId] of [
      [id, "eve"],
      ["01932c9f-7a4b-7000-8000-000000000000", "ana"],
      ["x", "ana"],
    ]) {
      const asked = change(unknown ?? "", { pinned: true }, userId);
      await expect(asked).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it("take one version each, without a hole, however many change them at once", async () => {
    const id = await store.conversation(["ana", "ben"]);
    told.length = 0;
    const inputs = Array.from({ length: 60 }, (_, n): Input => ({ pinned: n % 2 === 0, markedUnread: n % 3 === 0 }));
    await Promise.all(inputs.map((input) => change(id, input)));
    const { preferences, version } = await see(id);
    expect(told.map((one) => one.preferences.version).sort((a, b) => a - b)).toEqual(
      Array.from({ length: preferences.version }, (_, n) => n + 1),
    );
    expect(told.every(({ recipients }) => recipients.join() === "ana")).toBe(true);
    expect(told.find((one) => one.preferences.version === preferences.version)?.preferences).toEqual(preferences);
    // The conversation itself did not change.
    expect(version).toBe(1);
  });

  it("do not undo each other, when each names something else", async () => {
    const mutedUntil = "9999-12-31T00:00:00.000Z";
    const inputs: Input[] = [{ pinned: true }, { mutedUntil }, { archived: true }, { markedUnread: true }];
    for (let n = 0; n < 10; n += 1) {
      const id = await store.conversation(["ana", "ben"]);
      await Promise.all(inputs.map((input) => change(id, input)));
      const all = { pinnedAt: expect.any(String), mutedUntil, archivedSeq: 0, markedUnread: true, version: 4 };
      expect((await see(id)).preferences).toEqual(all);
    }
  });

  it("never archive what comes at the same time for good", async () => {
    const id = await store.conversation(["ana", "ben"]);
    const archive = async () => {
      for (let n = 0; n < 40; n += 1) {
        await change(id, { archived: true });
        await change(id, { archived: false });
      }
      return change(id, { archived: true });
    };
    const write = async () => {
      for (let n = 0; n < 60; n += 1) await store.append([{ conversationId: id, senderId: "ben" }]);
    };
    await Promise.all([archive(), write()]);
    expect((await change(id, { archived: true })).archivedSeq).toBe(60);
    await store.append([{ conversationId: id, senderId: "ben" }]);
    expect(await see(id)).toMatchObject({ lastSeq: 61, preferences: { archivedSeq: 60 } });
  });
});
