import { execFile } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BaseCluster, makeBaseCluster } from "../../../../../../tests/support/base-cluster.ts";
import { linksAreComplete } from "./hydrate-links.ts";
import { locateBinaries } from "./locate-binaries.ts";
import { canEnter } from "./run-as.ts";
import { startEmbeddedPostgres } from "./start-embedded-postgres.ts";

const HERE = dirname(fileURLToPath(import.meta.url));
const NOBODY = { uid: 65_534, gid: 65_534, name: "nobody" };
const isRoot = process.getuid?.() === 0;
/** A clone in /root cannot be read by anyone else, so no one else can run these sources there. */
const othersMayRunUs = isRoot && canEnter(HERE, NOBODY) && canEnter(dirname(process.execPath), NOBODY);

describe("the embedded PostgreSQL's user and programs", () => {
  let folder: string;
  let native: string;
  let base: BaseCluster;
  beforeAll(async () => {
    base = await makeBaseCluster();
  });
  afterAll(() => base.remove());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "parley-user-"));
    chmodSync(folder, 0o755);
    native = join(folder, "package", "native");
    cpSync(dirname(locateBinaries()), dirname(native), { recursive: true, verbatimSymlinks: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const dataDir = () => join(folder, "data");
  const copies = () => join(dataDir(), "postgres", "programs");

  it("gets the library links back that npm did not make", async () => {
    for (const name of readdirSync(join(native, "lib"))) {
      if (name.startsWith("libicu") && !name.endsWith(".60.2")) rmSync(join(native, "lib", name));
    }
    expect(linksAreComplete(native)).toBe(process.platform !== "linux");
    await (await startEmbeddedPostgres({ dataDir: dataDir(), native })).stop();
    expect(linksAreComplete(native)).toBe(true);
    expect(existsSync(copies())).toBe(false);
  });

  it.skipIf(!isRoot)("is unprivileged when we are root, and reaches its programs by a copy where it must", async () => {
    chmodSync(dirname(native), 0o700);
    base.copyTo(dataDir());
    const postgres = await startEmbeddedPostgres({ dataDir: dataDir(), native });
    expect(statSync(`/proc/${postgres.pid}`).uid).not.toBe(0);
    await postgres.stop();
    expect(readdirSync(copies())).toHaveLength(1);
    await (await startEmbeddedPostgres({ dataDir: dataDir(), native })).stop();
  });

  it.skipIf(!isRoot)("gets back a cluster that root has copied", async () => {
    const copy = join(folder, "copy");
    base.copyTo(copy);
    expect(statSync(join(copy, "postgres", "cluster")).uid).toBe(0);
    await (await startEmbeddedPostgres({ dataDir: copy })).stop();
    expect(statSync(join(copy, "postgres", "cluster", "base")).uid).not.toBe(0);
  });

  it.skipIf(!othersMayRunUs)(
    "is ourselves when we are a normal user, even with read-only packages without links",
    async () => {
      for (const name of ["libicuuc.so.60", "libpq.so.5"]) rmSync(join(native, "lib", name));
      mkdirSync(dataDir());
      chownSync(dataDir(), NOBODY.uid, NOBODY.gid);
      const module = JSON.stringify(join(HERE, "start-embedded-postgres.ts"));
      const code = `const { startEmbeddedPostgres } = await import(${module});
      const postgres = await startEmbeddedPostgres(${JSON.stringify({ dataDir: dataDir(), native })});
      console.log(JSON.stringify([process.getuid(), (await import("node:fs")).statSync("/proc/" + postgres.pid).uid]));
      await postgres.stop();`;
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--import", "tsx", "--input-type=module", "-e", code],
        {
          cwd: HERE,
          uid: NOBODY.uid,
          gid: NOBODY.gid,
          env: { PATH: process.env.PATH },
        },
      );
      expect(JSON.parse(stdout)).toEqual([NOBODY.uid, NOBODY.uid]);
      expect(linksAreComplete(native)).toBe(false);
      expect(readdirSync(copies())).toHaveLength(1);
      // Root takes over what a normal user has made, and stays that user.
      const postgres = await startEmbeddedPostgres({ dataDir: dataDir() });
      expect(statSync(`/proc/${postgres.pid}`).uid).toBe(NOBODY.uid);
      await postgres.stop();
    },
  );
});
