import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findFreePort } from "../free-port.ts";
import { numberedPairs } from "./numbered-pairs.ts";
import type { Peer } from "./peer.ts";
import { runDaemon } from "./run-daemon.ts";
import { environmentOf } from "./unpack-debian.ts";

/** A topic a conversation, QoS 1 both ways. */
export const mosquitto: Peer = {
  name: "mosquitto",
  label: "mosquitto, MQTT QoS 1",
  setup: "Debian's mosquitto, `persistence true` with its usual interval, QoS 1 both ways",
  semantics: {
    durable: "no: in memory, saved every half hour",
    ordered: "one order a topic",
    authorised: "no",
    archived: "no",
  },
  debian: ["mosquitto"],
  start: async ({ folder, root }) => {
    const port = await findFreePort();
    const file = join(folder, "mosquitto.conf");
    const config = [
      ...[`listener ${port} 127.0.0.1`, "allow_anonymous true", "persistence true", "user root"],
      ...[`persistence_location ${folder}/`, "set_tcp_nodelay true", "log_type error"],
    ];
    writeFileSync(file, `${config.join("\n")}\n`);
    const args = ["-c", file];
    const { pid, stop } = await runDaemon({ command: "mosquitto", args, env: environmentOf(root), folder, port });
    return { name: "mosquitto", driver: "mqtt", url: `http://127.0.0.1:${port}`, pid, open: numberedPairs, stop };
  },
};
