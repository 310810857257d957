import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Fetches Debian packages with what they need and unpacks them into a folder; the machine's own packages stay as they are, no
 * script of a package runs, no service starts. What is unpacked is kept for the next run.
 * @returns null when it was done, else a sentence that says why not
 */
export async function unpackDebian(root: string, names: readonly string[]): Promise<string | null> {
  const marks = join(root, ".unpacked");
  if (existsSync(join(marks, names.join("+")))) return null;
  if (!isDebian()) return "its packages are Debian's, and this is not Debian";
  const archives = join(root, ".archives", names[0] ?? "");
  for (const folder of [marks, join(archives, "partial")]) mkdirSync(folder, { recursive: true });
  try {
    if (process.getuid?.() === 0 && !existsSync(join(marks, "updated"))) {
      await run("apt-get", ["update"]);
      writeFileSync(join(marks, "updated"), "");
    }
    await run("apt-get", [
      ...["install", "--download-only", "--reinstall", "--yes", "--no-install-recommends"],
      ...["-o", "Debug::NoLocking=1", "-o", `Dir::Cache::archives=${archives}`],
      ...names,
    ]);
    for (const file of readdirSync(archives).filter((name) => name.endsWith(".deb"))) {
      await run("dpkg", ["-x", join(archives, file), root]);
    }
    writeFileSync(join(marks, names.join("+")), "");
    return null;
  } catch (error) {
    return `Debian's packages could not be fetched (${(error as Error).message.split("\n")[0]})`;
  }
}

function isDebian(): boolean {
  return existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

/** The environment under which unpacked programs find their libraries. */
export const environmentOf = (root: string): Record<string, string> => ({
  PATH: `${join(root, "usr/sbin")}:${join(root, "usr/bin")}:${process.env["PATH"] ?? ""}`,
  LD_LIBRARY_PATH: ["usr/lib/x86_64-linux-gnu", "usr/lib/aarch64-linux-gnu", "lib/x86_64-linux-gnu"]
    .map((folder) => join(root, folder))
    .join(":"),
});
