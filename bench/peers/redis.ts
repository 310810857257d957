import { findFreePort } from "../free-port.ts";
import { numberedPairs } from "./numbered-pairs.ts";
import type { Peer } from "./peer.ts";
import { runDaemon } from "./run-daemon.ts";
import { environmentOf } from "./unpack-debian.ts";

/** A stream a conversation, flushed at every write; people wait for it with a blocking XREAD. */
export const redis: Peer = {
  name: "redis",
  label: "Redis stream, appendfsync always",
  setup: "Debian's redis-server, `appendonly yes`, `appendfsync always`; XADD, and XREAD BLOCK on a second connection",
  semantics: {
    durable: "yes",
    ordered: "one order a stream",
    authorised: "no",
    archived: "yes, while it fits into memory",
  },
  debian: ["redis-server", "redis-tools"],
  start: async ({ folder, root }) => {
    const port = await findFreePort();
    const args = [
      ...["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--daemonize", "no", "--save", ""],
      ...["--appendonly", "yes", "--appendfsync", "always", "--loglevel", "warning"],
    ];
    const { pid, stop } = await runDaemon({ command: "redis-server", args, env: environmentOf(root), folder, port });
    return { name: "redis", driver: "redis", url: `http://127.0.0.1:${port}`, pid, open: numberedPairs, stop };
  },
};
