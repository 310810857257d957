import type { ParticipantRole } from "@parley/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asUser, createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import { mergeConversationTypes } from "../../platform/conversation-types.ts";
import { createDomainEventBus } from "../../platform/domain-events.ts";
import { addParticipant } from "./add-participant.ts";
import { changeConversation } from "./change-conversation.ts";
import { changeParticipant } from "./change-participant.ts";
import { openConversation } from "./open-conversation.ts";
import { removeParticipant } from "./remove-participant.ts";
import { subscribeConversations } from "./tell-conversation.ts";

const host = { kind: "host" } as const;

describe("changes of a conversation", () => {
  let store: StoreFixture;
  let told: { name: string; to: readonly string[]; version: number }[];
  let access: string[];
  beforeAll(async () => {
    store = await createStoreFixture();
  });
  beforeEach(() => {
    told = [];
    access = [];
  });
  afterAll(() => store.close());

  const deps = () => {
    const toParticipants = (_id: string, to: readonly string[], name: string, { version }: { version: number }) =>
      told.push({ name, to: to.toSorted(), version });
    const made = {
      db: store.db,
      bus: createDomainEventBus((error) => expect.fail(String(error))),
      clock: { now: () => Date.now(), after: () => () => {}, every: () => () => {} },
      conversationTypes: mergeConversationTypes([]),
      fanOut: {
        connected: (userIds: readonly string[]) => [...userIds],
        toUsers: (to: readonly string[], name: string, { version }: { version: number }) =>
          told.push({ name, to, version }),
        toParticipants,
        here: { toParticipants },
        grant: (_id: string, userId: string) => access.push(`+${userId}`),
        revoke: (_id: string, userId: string) => access.push(`-${userId}`),
      } as never,
    };
    subscribeConversations(made);
    return made;
  };
  const versionOf = async (id: string) =>
    (await store.sql("SELECT version::int FROM conversations WHERE id = $1", [id]))[0]?.version;
  const add = (id: string, userId: string, role: ParticipantRole = "member") =>
    addParticipant(deps(), host, { id, userId, role });

  it("take one version each, and those that change nothing take none", async () => {
    const id = await store.conversation({ ana: "owner", ben: "member" });
    await add(id, "carl");
    expect(await versionOf(id)).toBe(2);
    expect((await add(id, "carl", "owner")).added).toBe(false);
    expect(await versionOf(id)).toBe(2);
    await changeParticipant(deps(), host, { id, userId: "carl", role: "admin" });
    await changeParticipant(deps(), host, { id, userId: "carl", role: "admin" });
    expect(await versionOf(id)).toBe(3);
    await changeConversation(deps(), host, { id, change: { title: "Lamps" } });
    expect(await versionOf(id)).toBe(4);
    await removeParticipant(deps(), host, { id, userId: "carl" });
    expect(await versionOf(id)).toBe(5);
    await expect(removeParticipant(deps(), host, { id, userId: "carl" })).rejects.toMatchObject({ code: "not_found" });
    expect(await versionOf(id)).toBe(5);
    expect(told.map(({ name, version, to }) => `${version} ${name}: ${to.join(" ")}`)).toEqual([
      "2 conversation:new: carl",
      "2 participant:added: ana ben carl",
      "3 participant:added: ana ben carl",
      "4 conversation:updated: ana",
      "4 conversation:updated: ben",
      "4 conversation:updated: carl",
      "undefined unread:updated: carl",
      "5 participant:removed: ana ben",
      "5 participant:removed: carl",
    ]);
    expect(access).toEqual(["+carl", "-carl"]);
  });

  it("keep what was not named, and empty what is null", async () => {
    const id = await store.conversation(["ana"]);
    const change = (input: Parameters<typeof changeConversation>[2]["change"]) =>
      changeConversation(deps(), host, { id, change: input });
    await change({ title: "Lamps", subject: { title: "Order", url: "https://shop.example/1", state: "paid" } });
    await change({ status: "locked" });
    const [row] = await store.sql(
      "SELECT title, status, subject_title, subject_url, subject_state FROM conversations WHERE id = $1",
      [id],
    );
    expect(row).toEqual({
      title: "Lamps",
      status: "locked",
      subject_title: "Order",
      subject_url: "https://shop.example/1",
      subject_state: "paid",
    });
    const changed = await change({ title: null, subject: { state: null } });
    expect(changed).toMatchObject({ title: null, status: "locked", version: 4 });
  });

  it("give exact versions while messages come in at the same time", async () => {
    const id = await store.conversation({ ana: "owner" });
    const messages = Array.from({ length: 30 }, () => store.append([{ conversationId: id, senderId: "ana" }]));
    const changes = Array.from({ length: 10 }, (_, n) => add(id, `late ${n}`));
    const rows = (await Promise.all(messages)).flat();
    await Promise.all(changes);
    const versions = [
      ...rows.map(({ version }) => version),
      ...told.filter(({ name }) => name === "participant:added").map(({ version }) => version),
    ];
    expect(versions.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n + 2));
  });

  it("let people in having read what was before, in the order of joining, and remember who left", async () => {
    const id = await store.conversation({ zoe: "owner" });
    await store.append(Array.from({ length: 3 }, () => ({ conversationId: id, senderId: "zoe" })));
    await add(id, "ben");
    const { conversation } = await add(id, "ana");
    expect(conversation.participants.map(({ user, readSeq }) => [user.id, readSeq])).toEqual([
      ["zoe", 3],
      ["ben", 3],
      ["ana", 3],
    ]);
    await removeParticipant(deps(), asUser("ben"), { id, userId: "ben" });
    await removeParticipant(deps(), host, { id, userId: "ana" });
    const again = await add(id, "ben");
    expect(again.conversation.participants.map(({ user }) => user.id)).toEqual(["zoe", "ben"]);
    expect(again.conversation.formerParticipants.map(({ id }) => id)).toEqual(["ana"]);
  });

  it("are refused to whom they do not belong", async () => {
    const id = await store.conversation({ olga: "owner", mia: "member" });
    const mia = asUser("mia");
    await expect(addParticipant(deps(), mia, { id, userId: "x", role: "member" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(changeConversation(deps(), mia, { id, change: { title: "x" } })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(changeConversation(deps(), asUser("eve"), { id, change: { title: "x" } })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await versionOf(id)).toBe(1);
    expect(told).toEqual([]);
  });

  it("open one conversation for a key, and bring back who left a pair", async () => {
    const open = (userId: string, other: string) =>
      openConversation(deps(), asUser(userId), { type: "direct", participants: [{ userId: other }] });
    const first = await open("ann", "bob");
    expect(first.created).toBe(true);
    const { id } = first.conversation;
    expect(await open("bob", "ann")).toMatchObject({ created: false, conversation: { id, version: 1 } });
    await removeParticipant(deps(), asUser("ann"), { id, userId: "ann" });
    await removeParticipant(deps(), asUser("bob"), { id, userId: "bob" });
    told = [];
    const again = await open("bob", "ann");
    expect(again).toMatchObject({ created: false, conversation: { id, version: 5, formerParticipants: [] } });
    expect(again.conversation.participants.map(({ user, role }) => [user.id, role])).toEqual([
      ["bob", "member"],
      ["ann", "member"],
    ]);
    await expect(
      store.sql(
        "INSERT INTO conversations (id, type, unique_key) SELECT gen_random_uuid(), type, unique_key FROM conversations WHERE id = $1",
        [id],
      ),
    ).rejects.toMatchObject({ code: "23505" });
  });
});
