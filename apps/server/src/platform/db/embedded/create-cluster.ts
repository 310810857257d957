import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Binaries } from "./prepare-binaries.ts";
import { giveTo, giveTreeTo, type RunAs } from "./run-as.ts";
import { runProgram } from "./run-program.ts";
import { makeSecret, readSecret, type Secret } from "./secret.ts";

export const SUPERUSER = "postgres";
const MAJOR = "18";

/**
 * Makes the cluster if there is none, and returns its passwords. A half-made cluster never gets the final name.
 * @param home the folder of the embedded PostgreSQL; the cluster becomes `<home>/cluster`
 */
export async function createCluster(home: string, binaries: Binaries, runAs: RunAs | null): Promise<Secret> {
  const cluster = join(home, "cluster");
  if (existsSync(cluster)) return openCluster(home, cluster, runAs);
  const secret = readSecret(home) ?? makeSecret(home);
  const half = join(home, "cluster.half");
  const passwordFile = join(home, "password.half");
  rmSync(half, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(half, { mode: 0o700 });
  giveTo(half, runAs);
  writeFileSync(passwordFile, secret.admin, { mode: 0o600, flag: "wx" });
  giveTo(passwordFile, runAs);
  try {
    await initdb(binaries.initdb, half, passwordFile, runAs, home);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(half, cluster);
  return secret;
}

/** The builtin locale sorts the same on every system and never changes under an index. */
async function initdb(program: string, cluster: string, passwordFile: string, runAs: RunAs | null, cwd: string) {
  const run = (...locale: string[]) =>
    runProgram(
      program,
      [
        `--pgdata=${cluster}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--data-checksums",
        ...locale,
      ],
      runAs,
      cwd,
    );
  try {
    await run("--locale=C.UTF-8");
  } catch (error) {
    // Some systems do not know C.UTF-8 themselves; PostgreSQL's builtin one is what counts.
    if (!/invalid locale/.test((error as Error).message)) throw initdbFailed(error);
    await run("--locale=C", "--builtin-locale=C.UTF-8").catch((second: unknown) => {
      throw initdbFailed(second);
    });
  }
}

function initdbFailed(error: unknown): Error {
  return new Error(`The database could not be created: ${(error as Error).message}`, { cause: error });
}

function openCluster(home: string, cluster: string, runAs: RunAs | null): Secret {
  const version = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (version !== MAJOR) {
    throw new Error(
      `The database in ${cluster} was made by PostgreSQL ${version}, and this Parley brings PostgreSQL ${MAJOR}. ` +
        `Move it over with pg_dump and pg_restore, or run the old Parley.`,
    );
  }
  // A copy, from a backup say, may stand open to others, or belong to root: PostgreSQL refuses both.
  chmodSync(cluster, 0o700);
  if (runAs !== null && statSync(cluster).uid === 0) giveTreeTo(cluster, runAs);
  const secret = readSecret(home);
  if (secret !== null) return secret;
  throw new Error(
    `The database in ${cluster} is there, but its passwords (${join(home, "secret.json")}) are gone. Bring that file back from a backup, ` +
      "or move the folder away to begin with an empty database.",
  );
}
