import { chmodSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../../apps/server/src/platform/db/embedded/start-embedded-postgres.ts";

export interface BaseCluster {
  /** Lays a copy of the stopped cluster into a data folder, which saves creating one. */
  copyTo(dataDir: string): void;
  remove(): void;
}

/** Creates a cluster once, for test files that need many. */
export async function makeBaseCluster(): Promise<BaseCluster> {
  const base = mkdtempSync(join(tmpdir(), "parley-base-"));
  await (await startEmbeddedPostgres({ dataDir: base })).stop();
  return {
    copyTo: (dataDir) => {
      cpSync(join(base, "postgres"), join(dataDir, "postgres"), { recursive: true, preserveTimestamps: true });
      chmodSync(join(dataDir, "postgres"), process.getuid?.() === 0 ? 0o711 : 0o700);
    },
    remove: () => rmSync(base, { recursive: true }),
  };
}
