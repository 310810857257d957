import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, lstatSync, mkdirSync, realpathSync, statSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EmbeddedLogger } from "./context.ts";
import { USE_DATABASE_URL } from "./locate-binaries.ts";
import { canEnter, chooseRunAs, type RunAs } from "./run-as.ts";

/** Where root's databases go when DATA_DIR lies in a folder that only root may enter, such as /root. */
const ROOTS_PLACE = "/var/lib/parley";

export interface Home {
  readonly home: string;
  readonly cluster: string;
  readonly runAs: RunAs | null;
}

/**
 * Finds or makes the folder of the embedded PostgreSQL: `<dataDir>/postgres`, which is a link into /var/lib/parley when we
 * are root and the user that PostgreSQL runs as cannot reach `dataDir`. Cluster, secret, lock and log live in it together.
 */
export function chooseHome(dataDir: string, logger: EmbeddedLogger, rootsPlace = ROOTS_PLACE): Home {
  mkdirSync(dataDir, { recursive: true });
  const entry = join(realpathSync(dataDir), "postgres");
  if (lstatSync(entry, { throwIfNoEntry: false }) === undefined) makeHome(entry, logger, rootsPlace);
  const home = followLink(entry);
  const cluster = join(home, "cluster");
  const runAs = chooseRunAs(cluster);
  if (runAs === null || canEnter(home, runAs)) return { home, cluster, runAs };
  if (!letPass(dirname(home), runAs) || !canEnter(home, runAs)) throw unreachable(home, runAs);
  return { home, cluster, runAs };
}

function makeHome(entry: string, logger: EmbeddedLogger, rootsPlace: string): void {
  const runAs = chooseRunAs(join(entry, "cluster"));
  const dataDir = join(entry, "..");
  if (runAs === null || canEnter(dataDir, runAs) || letPass(dataDir, runAs)) return makeFolder(entry, runAs);
  // A new name each time: whoever removes DATA_DIR to begin anew must not meet the old database again.
  const elsewhere = join(rootsPlace, `postgres-${randomBytes(6).toString("hex")}`);
  mkdirSync(rootsPlace, { recursive: true, mode: 0o755 });
  makeFolder(elsewhere, runAs);
  symlinkSync(elsewhere, entry, "dir");
  logger.warn(
    `PostgreSQL runs as ${runAs.name}, who may not enter ${dataDir}. The database is kept in ${elsewhere}, and ${entry} links to it.`,
  );
}

/**
 * When nothing but a private DATA_DIR of root's bars the way (`mktemp -d`, a strict umask), the user's group may pass through it.
 * Folders above it are not ours to change.
 */
function letPass(dataDir: string, runAs: RunAs): boolean {
  const { uid, mode } = statSync(dataDir);
  if (uid !== 0 || (mode & 0o077) !== 0 || !canEnter(dirname(dataDir), runAs)) return false;
  chownSync(dataDir, 0, runAs.gid >>> 0);
  chmodSync(dataDir, (mode & 0o7777) | 0o010);
  return true;
}

/** The user that PostgreSQL runs as walks through, but does not list. */
function makeFolder(path: string, runAs: RunAs | null): void {
  mkdirSync(path, { recursive: true });
  chmodSync(path, runAs === null ? 0o700 : 0o711);
}

function followLink(entry: string): string {
  try {
    return realpathSync(entry);
  } catch {
    throw new Error(
      `${entry} links to a folder that is gone, and the database with it. Bring the folder back, or remove the link to begin with an empty database.`,
    );
  }
}

function unreachable(home: string, runAs: RunAs): Error {
  return new Error(
    `PostgreSQL runs as ${runAs.name}, who may not enter ${home}. Move the data directory to a folder that everyone may pass through ` +
      `(DATA_DIR=/var/lib/parley), start Parley as a normal user, or allow passing (chmod o+x on the folders above it). ${USE_DATABASE_URL}`,
  );
}
