import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findFreePort } from "../free-port.ts";
import type { Peer, PeerContext } from "./peer.ts";
import { runDaemon } from "./run-daemon.ts";
import { environmentOf } from "./unpack-debian.ts";
import { xmppPairs } from "./xmpp-pairs.ts";

const PASSWORD = "only-on-loopback";

/** prosody with its archive in files, as it comes. */
export const prosody: Peer = {
  name: "prosody",
  label: "prosody, archive in files",
  setup: "Debian's prosody, `mam` with internal storage, `smacks`, no TLS",
  semantics: {
    durable: "no: written, not flushed",
    ordered: "by the server's clock",
    authorised: "signed in; anybody may write to anybody",
    archived: "yes",
  },
  debian: ["prosody", "lua5.4", "lua-expat", "lua-filesystem", "lua-sec", "lua-socket", "lua-bitop"],
  start: async (context) => {
    const port = await findFreePort();
    const daemon = await runDaemon({ ...commandLine(context, port), folder: context.folder, port });
    const accounts = join(context.folder, "data/localhost/accounts");
    mkdirSync(accounts, { recursive: true });
    const open = async (count: number) => {
      const pairs = xmppPairs(count, PASSWORD);
      for (const { id } of pairs.flatMap(({ people }) => people)) {
        writeFileSync(join(accounts, `${id}.dat`), `return { ["password"] = "${PASSWORD}"; };\n`);
      }
      return pairs;
    };
    return {
      name: "prosody",
      driver: "xmpp",
      url: `http://127.0.0.1:${port}`,
      pid: daemon.pid,
      open,
      stop: daemon.stop,
    };
  },
};

const configure = (folder: string, port: number): string => `
run_as_root = true
pidfile = "${folder}/prosody.pid"
data_path = "${folder}/data"
modules_enabled = { "roster", "saslauth", "disco", "mam", "smacks", "ping" }
modules_disabled = { "s2s" }
authentication = "internal_plain"
storage = "internal"
default_archive_policy = true
archive_expires_after = "never"
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
c2s_interfaces = { "127.0.0.1" }
c2s_ports = { ${port} }
c2s_direct_tls_ports = { }
http_ports = { }
https_ports = { }
log = { warn = "${folder}/prosody.log" }
VirtualHost "localhost"
`;

/** The program names the places where Debian puts it; ours is elsewhere. */
function commandLine({ folder, root }: PeerContext, port: number) {
  const config = join(folder, "prosody.cfg.lua");
  writeFileSync(config, configure(folder, port));
  const script = join(folder, "prosody.lua");
  const source = readFileSync(join(root, "usr/bin/prosody"), "utf8")
    .replaceAll("/usr/lib/prosody", join(root, "usr/lib/prosody"))
    .replaceAll("/etc/prosody", folder)
    .replaceAll("/var/lib/prosody", join(folder, "data"));
  writeFileSync(script, source);
  const lua = join(root, "usr/share/lua/5.4");
  const libraries = ["x86_64-linux-gnu", "aarch64-linux-gnu"].map((name) =>
    join(root, "usr/lib", name, "lua/5.4/?.so"),
  );
  const env = {
    ...environmentOf(root),
    LUA_PATH_5_4: `${lua}/?.lua;${lua}/?/init.lua;;`,
    LUA_CPATH_5_4: `${libraries.join(";")};;`,
  };
  return { command: join(root, "usr/bin/lua5.4"), args: [script, "-F", "--config", config], env };
}
