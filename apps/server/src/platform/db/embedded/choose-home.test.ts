import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chooseHome } from "./choose-home.ts";

const isRoot = process.getuid?.() === 0;

describe("chooseHome", () => {
  let folder: string;
  let warnings: string[];
  const logger = { info: () => {}, warn: (message: string) => void warnings.push(message) };
  beforeEach(() => {
    warnings = [];
    folder = realpathSync(mkdtempSync(join(tmpdir(), "parley-home-")));
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is a private folder in DATA_DIR", () => {
    const dataDir = join(folder, "not", "yet", "there");
    const { home, cluster } = chooseHome(dataDir, logger);
    expect(home).toBe(join(dataDir, "postgres"));
    expect(cluster).toBe(join(home, "cluster"));
    expect(statSync(home).mode & 0o077).toBe(isRoot ? 0o011 : 0);
    expect(chooseHome(dataDir, logger)).toEqual(chooseHome(dataDir, logger));
    expect(warnings).toEqual([]);
  });

  it.skipIf(!isRoot)(
    "stays in a DATA_DIR that is private itself, which PostgreSQL's group may then pass through",
    () => {
      const dataDir = join(folder, "data");
      mkdirSync(dataDir, { mode: 0o700 });
      const { home, runAs } = chooseHome(dataDir, logger, join(folder, "var"));
      expect(home).toBe(join(dataDir, "postgres"));
      expect(statSync(dataDir)).toMatchObject({ uid: 0, gid: runAs?.gid });
      expect(statSync(dataDir).mode & 0o777).toBe(0o710);
    },
  );

  it.skipIf(!isRoot)("lies elsewhere when DATA_DIR is in a folder that only root may enter", () => {
    const closed = join(folder, "root");
    mkdirSync(closed, { mode: 0o700 });
    const place = join(folder, "var", "lib", "parley");
    const { home } = chooseHome(join(closed, "data"), logger, place);
    expect(home.startsWith(`${place}/postgres-`)).toBe(true);
    expect(lstatSync(join(closed, "data", "postgres")).isSymbolicLink()).toBe(true);
    expect(warnings[0]).toContain(`The database is kept in ${home}`);
    expect(chooseHome(join(closed, "data"), logger, place).home).toBe(home);
    rmSync(join(closed, "data"), { recursive: true });
    expect(chooseHome(join(closed, "data"), logger, place).home).not.toBe(home);
    expect(existsSync(home)).toBe(true);
  });

  it.skipIf(!isRoot)("says what to do when its folder was moved to where it cannot be reached, or is gone", () => {
    const closed = join(folder, "root");
    chooseHome(join(closed, "data"), logger);
    chmodSync(closed, 0o700);
    expect(() => chooseHome(join(closed, "data"), logger)).toThrow("may not enter");
    const place = join(folder, "place");
    chooseHome(join(closed, "other"), logger, place);
    rmSync(place, { recursive: true });
    expect(() => chooseHome(join(closed, "other"), logger, place)).toThrow("links to a folder that is gone");
  });
});
