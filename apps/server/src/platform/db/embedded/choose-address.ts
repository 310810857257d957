import { createHash } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmbeddedContext, ServerAddress } from "./context.ts";
import { canEnter, giveTo, type RunAs } from "./run-as.ts";
import { fitsSocketPath } from "./short-path.ts";

const PORT = 5432;

/** Where a new server will listen: a private socket folder, or a free port on 127.0.0.1 on Windows. */
export async function chooseAddress({ home, runAs }: EmbeddedContext): Promise<ServerAddress> {
  if (process.platform === "win32") return { host: "127.0.0.1", port: await findFreePort() };
  const inside = join(home, "socket");
  const folder = fitsSocketPath(socketFile(inside)) ? inside : temporaryFolder(home, runAs);
  makePrivate(folder, runAs);
  return { host: folder, port: PORT };
}

function socketFile(folder: string): string {
  return join(folder, `.s.PGSQL.${PORT}`);
}

/** The name is the same at every start, so that nothing piles up. */
function temporaryFolder(home: string, runAs: RunAs | null): string {
  const name = `parley-${createHash("sha256").update(home).digest("hex").slice(0, 16)}`;
  const fits = (parent: string) =>
    fitsSocketPath(socketFile(join(parent, name))) && (runAs === null || canEnter(parent, runAs));
  return join(fits(tmpdir()) ? tmpdir() : "/tmp", name);
}

/** In a folder that others can write to, someone else may have taken the name: never use what is not ours. */
function makePrivate(folder: string, runAs: RunAs | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid } = lstatSync(folder);
  const self = process.getuid?.();
  const isOurs = lstatSync(folder).isDirectory() && (uid === self || (runAs !== null && uid === runAs.uid >>> 0));
  if (!isOurs) {
    throw new Error(
      `The folder ${folder} belongs to someone else. Remove it, or choose a DATA_DIR with a shorter path.`,
    );
  }
  chmodSync(folder, 0o700);
  giveTo(folder, runAs);
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
