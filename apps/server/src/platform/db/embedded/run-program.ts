import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { cleanEnvironment } from "./clean-environment.ts";
import type { RunAs } from "./run-as.ts";

/**
 * Runs one of PostgreSQL's programs to its end, as the given user.
 * @param cwd a folder that this user may enter
 * @throws Error with the program's own words
 */
export async function runProgram(program: string, args: string[], runAs: RunAs | null, cwd: string): Promise<void> {
  const user = runAs === null ? {} : { uid: runAs.uid, gid: runAs.gid };
  try {
    await promisify(execFile)(program, args, { ...user, cwd, env: cleanEnvironment(), windowsHide: true });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(stderr?.trim() || message, { cause: error });
  }
}
