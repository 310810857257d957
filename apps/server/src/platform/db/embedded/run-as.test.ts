import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canEnter, chooseRunAs } from "./run-as.ts";

const isRoot = process.getuid?.() === 0;

describe("chooseRunAs", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "parley-run-as-"));
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const passwd = (...lines: string[]) => {
    writeFileSync(join(folder, "passwd"), `${lines.join("\n")}\n`);
    return join(folder, "passwd");
  };
  const nowhere = () => join(folder, "cluster");

  it("takes postgres, else nobody", () => {
    const nobody = "nobody:*:-2:-2::/:/bin/false";
    expect(chooseRunAs(nowhere(), passwd("root:x:0:0::/:", nobody), 0)).toEqual({ uid: -2, gid: -2, name: "nobody" });
    const postgres = "postgres:x:101:104::/:";
    expect(chooseRunAs(nowhere(), passwd(nobody, postgres), 0)).toEqual({ uid: 101, gid: 104, name: "postgres" });
  });

  it("says what to do when there is no such user", () => {
    expect(() => chooseRunAs(nowhere(), passwd("root:x:0:0::/:"), 0)).toThrow("Start Parley as a normal user");
  });

  it.skipIf(!isRoot)("stays with the owner of an existing cluster", () => {
    mkdirSync(nowhere());
    chownSync(nowhere(), 4321, 8765);
    expect(chooseRunAs(nowhere())).toMatchObject({ uid: 4321, gid: 8765 });
  });

  it("is nobody else when we are not root, and refuses another one's cluster", () => {
    expect(chooseRunAs(nowhere(), passwd(), 1234)).toBeNull();
    mkdirSync(nowhere());
    const self = statSync(nowhere()).uid;
    expect(() => chooseRunAs(nowhere(), passwd(), self + 1234)).toThrow(`belongs to the user with id ${self}`);
  });

  it.skipIf(!isRoot)("sees whether a user may enter, by owner, group and others", () => {
    const inner = join(folder, "inner");
    mkdirSync(inner);
    const [owner, member, other] = [
      { uid: 11, gid: 1, name: "owner" },
      { uid: 12, gid: 22, name: "member" },
      { uid: 13, gid: 1, name: "other" },
    ];
    chownSync(inner, 11, 22);
    chmodSync(inner, 0o700);
    expect([owner, member, other].map((user) => canEnter(inner, user))).toEqual([true, false, false]);
    chmodSync(inner, 0o710);
    expect([owner, member, other].map((user) => canEnter(inner, user))).toEqual([true, true, false]);
    chmodSync(inner, 0o711);
    expect([owner, member, other].map((user) => canEnter(inner, user))).toEqual([true, true, true]);
    chmodSync(folder, 0o700);
    expect(canEnter(inner, owner)).toBe(false);
  });
});
