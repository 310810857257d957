import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The passwords of the cluster's two users. */
export interface Secret {
  /** Of the superuser `postgres`. */
  readonly admin: string;
  /** Of the role `parley`. */
  readonly parley: string;
}

/** Reads the cluster's passwords; null when there are none yet. */
export function readSecret(home: string): Secret | null {
  try {
    return JSON.parse(readFileSync(secretFile(home), "utf8")) as Secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new Error(`${secretFile(home)} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** Makes new passwords and keeps them in a file that only its owner may read. */
export function makeSecret(home: string): Secret {
  const secret = { admin: randomBytes(24).toString("base64url"), parley: randomBytes(24).toString("base64url") };
  const half = `${secretFile(home)}.half`;
  writeFileSync(half, `${JSON.stringify(secret)}\n`, { mode: 0o600, flush: true });
  renameSync(half, secretFile(home));
  return secret;
}

function secretFile(home: string): string {
  return join(home, "secret.json");
}
