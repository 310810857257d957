import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../../tests/support/database.ts";
import { systemClock } from "../../platform/clock.ts";
import { createDatabase } from "../../platform/db/create-database.ts";
import type { Database } from "../../platform/db/database.ts";
import { changeProfile } from "./change-profile.ts";
import { getProfile } from "./get-profile.ts";
import { rememberVisitor } from "./remember-visitor.ts";
import { ensureUsers } from "./store.ts";

let database: TestDatabase;
let db: Database;
let writes = 0;
const host = { kind: "host" } as const;
const now = () => Date.now() / 1000;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDatabase({ url: database.url, onError: () => {} });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** A server that has just started: it remembers nobody. */
function freshServer() {
  const counted: Database = {
    ...db,
    query: (...args) => {
      writes += 1;
      return db.query(...args);
    },
  };
  return { db: counted, clock: systemClock };
}

describe("rememberVisitor", () => {
  it("makes the profile at the first visit, and writes again only for something new", async () => {
    const server = freshServer();
    writes = 0;
    for (let visit = 0; visit < 3; visit += 1) await rememberVisitor(server, { sub: "v1", iat: now(), name: "Vera" });
    expect(writes).toBe(1);
    await rememberVisitor(server, { sub: "v1", iat: now(), name: "Vera K.", role: "buyer" });
    expect(writes).toBe(2);
    expect(await getProfile({ db }, "v1")).toEqual({ id: "v1", name: "Vera K.", picture: null, role: "buyer" });
  });

  it("names a person whom somebody else has mentioned before", async () => {
    await ensureUsers(db, ["v2", "v3", "v2"]);
    expect((await getProfile({ db }, "v2")).name).toBe("Guest v2");
    await rememberVisitor(freshServer(), { sub: "v2", iat: now() - 3600, name: "Viola" });
    expect((await getProfile({ db }, "v2")).name).toBe("Viola");
  });

  it("does not undo with an old token what the host said since", async () => {
    await changeProfile({ db }, host, { userId: "v4", change: { name: "New name" } });
    await rememberVisitor(freshServer(), { sub: "v4", iat: now() - 60, name: "Old name" });
    expect((await getProfile({ db }, "v4")).name).toBe("New name");
    await rememberVisitor(freshServer(), { sub: "v4", iat: now() + 2, name: "Newer name" });
    expect((await getProfile({ db }, "v4")).name).toBe("Newer name");
  });

  it("leaves alone what a token does not speak of", async () => {
    await changeProfile({ db }, host, { userId: "v5", change: { name: "Vito", picture: "/v.png" } });
    await rememberVisitor(freshServer(), { sub: "v5", iat: now() + 2 });
    expect(await getProfile({ db }, "v5")).toMatchObject({ name: "Vito", picture: "/v.png" });
  });
});

describe("ensureUsers", () => {
  it("bears callers that name the same people in another order: they never wait in a circle", async () => {
    const middle = pending();
    const holder = db.transaction(async (tx) => {
      await ensureUsers(tx, ["e2"]);
      await middle.promise;
    });
    await pause(50);
    const callers = [ensureUsers(db, ["e1", "e2", "e3"]), ensureUsers(db, ["e3", "e2", "e1"])];
    await pause(100);
    middle.resolve();
    await Promise.all([holder, ...callers]);
    expect((await getProfile({ db }, "e3")).id).toBe("e3");
  });

  it.each([9e15, -9e15])("takes a token that says it was issued at %d", async (iat) => {
    const sub = `v ${iat}`;
    await rememberVisitor(freshServer(), { sub, iat: now(), name: "Vita" });
    await expect(rememberVisitor(freshServer(), { sub, iat, name: "Vito" })).resolves.toBeUndefined();
  });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function pending() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
