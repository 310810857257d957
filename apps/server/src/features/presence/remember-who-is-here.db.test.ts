import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStoreFixture, type StoreFixture } from "../../../../../tests/support/store-fixture.ts";
import type { Deps } from "../../deps.ts";
import { rememberWhoIsHere } from "./remember-who-is-here.ts";
import { findLastSeen } from "./store.ts";

let fixture: StoreFixture;
beforeAll(async () => {
  fixture = await createStoreFixture();
});
afterAll(() => fixture.close());

describe("those who are here", () => {
  it("have been seen now, whatever becomes of this process; the others have not", async () => {
    await fixture.conversation(["anna", "ben", "carl"]);
    const now = Date.parse("2026-03-01T10:00:00.000Z");
    const presence = { here: () => ["anna", ...Array.from({ length: 1_500 }, (_, n) => `new ${n}`), "ben"] };
    const deps = { db: fixture.db, presence, clock: { now: () => now } } as unknown as Pick<
      Deps,
      "db" | "presence" | "clock"
    >;
    await rememberWhoIsHere(deps);
    const seen = await findLastSeen(fixture.db, ["anna", "ben", "carl"]);
    expect(Object.fromEntries(seen)).toEqual({
      anna: "2026-03-01T10:00:00.000Z",
      ben: "2026-03-01T10:00:00.000Z",
      carl: null,
    });
  });
});
