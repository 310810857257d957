import { connect } from "node:net";
import { findFreePort } from "../free-port.ts";
import { numberedPairs } from "./numbered-pairs.ts";
import type { Peer } from "./peer.ts";
import { runDaemon } from "./run-daemon.ts";
import { environmentOf } from "./unpack-debian.ts";

/** One JetStream on disk for all conversations; people hear their conversation's subject. */
export const nats: Peer = {
  name: "nats",
  label: "NATS JetStream, file storage",
  setup: "Debian's nats-server with JetStream, file storage; publish with acknowledgement, plain subscription",
  semantics: {
    durable: "no: written, flushed every two minutes",
    ordered: "one order a stream",
    authorised: "no",
    archived: "yes",
  },
  debian: ["nats-server"],
  start: async ({ folder, root }) => {
    const port = await findFreePort();
    const args = ["--addr", "127.0.0.1", "--port", String(port), "--jetstream", "--store_dir", folder];
    const { pid, stop } = await runDaemon({ command: "nats-server", args, env: environmentOf(root), folder, port });
    await makeStream(port);
    return { name: "nats", driver: "nats", url: `http://127.0.0.1:${port}`, pid, open: numberedPairs, stop };
  },
};

const STREAM = JSON.stringify({
  name: "chat",
  subjects: ["chat.*"],
  storage: "file",
  retention: "limits",
  num_replicas: 1,
});

function makeStream(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    socket.on("error", reject);
    socket.on("data", (bytes) => {
      text += bytes.toString();
      if (!text.includes("stream_create_response")) return;
      socket.destroy();
      if (text.includes('"error"')) reject(new Error(text));
      else resolve();
    });
    socket.write(
      `CONNECT {"verbose":false}\r\nSUB made 1\r\nPUB $JS.API.STREAM.CREATE.chat made ${STREAM.length}\r\n${STREAM}\r\n`,
    );
  });
}
