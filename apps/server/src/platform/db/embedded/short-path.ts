import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A Unix socket's path holds 103 bytes on macOS and 107 on Linux; the smaller one counts everywhere. */
const SOCKET_PATH_BYTES = 103;

/** Whether a socket of that name can be made in the folder. */
export function fitsSocketPath(path: string): boolean {
  return Buffer.byteLength(path) <= SOCKET_PATH_BYTES;
}

/**
 * Calls `use` with a path to the same file that is short enough for a socket: the path itself, or, in a deep folder, one
 * through a link in the system's temporary folder that is removed afterwards.
 */
export async function withShortPath<T>(folder: string, name: string, use: (path: string) => Promise<T>): Promise<T> {
  if (fitsSocketPath(join(folder, name))) return use(join(folder, name));
  const detour = mkdtempSync(join(tmpdir(), "parley-"));
  try {
    symlinkSync(folder, join(detour, "to"), "dir");
    return await use(join(detour, "to", name));
  } finally {
    rmSync(detour, { recursive: true, force: true });
  }
}
