import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findFreePort } from "../free-port.ts";
import { numberedPairs } from "./numbered-pairs.ts";
import type { Peer } from "./peer.ts";
import { runDaemon } from "./run-daemon.ts";
import { environmentOf } from "./unpack-debian.ts";

/** A channel a conversation: published over HTTP, heard over WebSockets. */
export const nchan: Peer = {
  name: "nchan",
  label: "nchan (nginx), memory",
  setup: "Debian's nginx with libnginx-mod-nchan, a worker a core, 100 messages kept a channel; kept HTTP connections",
  semantics: {
    durable: "no: memory",
    ordered: "one order a channel",
    authorised: "no",
    archived: "the newest 100, in memory",
  },
  debian: ["nginx", "libnginx-mod-nchan"],
  start: async ({ folder, root }) => {
    const port = await findFreePort();
    const file = join(folder, "nginx.conf");
    writeFileSync(file, configure(folder, root, port));
    const command = existsSync(join(root, "usr/sbin/nginx")) ? join(root, "usr/sbin/nginx") : "/usr/sbin/nginx";
    const args = ["-p", folder, "-e", join(folder, "error.log"), "-c", file];
    const { pid, stop } = await runDaemon({ command, args, env: environmentOf(root), folder, port });
    return { name: "nchan", driver: "nchan", url: `http://127.0.0.1:${port}`, pid, open: numberedPairs, stop };
  },
};

const configure = (folder: string, root: string, port: number): string => `
load_module ${join(root, "usr/lib/nginx/modules/ngx_nchan_module.so")};
daemon off;
user root;
worker_processes auto;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log error;
events { worker_connections 4096; }
http {
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 3600s;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port};
    location = /pub { nchan_publisher; nchan_channel_id $arg_id; nchan_message_buffer_length 100; }
    location = /sub { nchan_subscriber websocket; nchan_channel_id $arg_id; nchan_subscriber_first_message newest; }
  }
}
`;
