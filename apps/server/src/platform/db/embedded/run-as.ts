import { chownSync, lchownSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { USE_DATABASE_URL } from "./locate-binaries.ts";

/** An unprivileged user, for `spawn`. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** In this order; PostgreSQL refuses to run as root. `_postgres` is macOS's. */
const CANDIDATES = ["parley", "postgres", "_postgres", "nobody"];

/**
 * The user that PostgreSQL's processes must run as, or null when we are not root (then it is ourselves).
 * The owner of an existing cluster wins, so that a cluster never changes hands.
 * @param cluster PostgreSQL's data folder, which need not exist yet
 */
export function chooseRunAs(cluster: string, passwd = "/etc/passwd", self = process.getuid?.()): RunAs | null {
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (self !== 0) {
    if (owner !== undefined && self !== undefined && owner.uid !== self) throw foreignCluster(cluster, owner.uid, self);
    return null;
  }
  if (owner !== undefined && owner.uid !== 0) {
    return { uid: owner.uid | 0, gid: owner.gid | 0, name: `uid ${owner.uid}` };
  }
  return findUnprivilegedUser(passwd);
}

function findUnprivilegedUser(passwd: string): RunAs {
  const entries = readFileSync(passwd, "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of CANDIDATES) {
    const entry = entries.find((fields) => fields[0] === name);
    const [uid, gid] = [Number(entry?.[2]), Number(entry?.[3])];
    if (entry !== undefined && Number.isInteger(uid) && uid !== 0) return { uid: uid | 0, gid: gid | 0, name };
  }
  throw new Error(
    "PostgreSQL refuses to run as root, and this system has no user postgres or nobody to run it as. " +
      `Start Parley as a normal user, or create the user "parley". ${USE_DATABASE_URL}`,
  );
}

function foreignCluster(cluster: string, uid: number, self: number): Error {
  return new Error(
    `The database in ${cluster} belongs to the user with id ${uid}, not to the one that runs Parley (${self}). ` +
      `Start Parley as that user, or change the owner (chown -R). ${USE_DATABASE_URL}`,
  );
}

/** Whether that user may enter the folder and all folders above it, going by owner, group and mode. */
export function canEnter(folder: string, user: RunAs): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (!hasMode(at, user, 0o1)) return false;
    if (at === dirname(at)) return true;
  }
}

/** Whether that user holds the wanted bits (read 4, execute 1) on this one path. */
export function hasMode(path: string, user: RunAs, wanted: number): boolean {
  const { mode, uid, gid } = statSync(path);
  const shift = uid === user.uid >>> 0 ? 6 : gid === user.gid >>> 0 ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}

/** Hands one path to the user; nothing to do when we run PostgreSQL as ourselves. */
export function giveTo(path: string, user: RunAs | null): void {
  if (user !== null) chownSync(path, user.uid >>> 0, user.gid >>> 0);
}

/** Hands a whole folder to the user. */
export function giveTreeTo(folder: string, user: RunAs): void {
  giveTo(folder, user);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) giveTreeTo(path, user);
    else lchownSync(path, user.uid >>> 0, user.gid >>> 0);
  }
}
