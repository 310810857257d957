import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { findFreePort } from "../free-port.ts";
import type { Peer, PeerContext } from "./peer.ts";
import { runDaemon } from "./run-daemon.ts";
import { environmentOf } from "./unpack-debian.ts";
import { xmppPairs } from "./xmpp-pairs.ts";

const PASSWORD = "only-on-loopback";

/** ejabberd with its archive (mod_mam) and its users in the same PostgreSQL as ours, in a database of its own. */
export const ejabberd: Peer = {
  name: "ejabberd",
  label: "ejabberd, archive in PostgreSQL",
  setup: "Debian's ejabberd, `default_db: sql`, `mod_mam: default: always`, `mod_stream_mgmt`, no TLS, no shaper",
  semantics: {
    durable: "the sender's copy; the receiver's is a second row, written before it is passed on",
    ordered: "by the server's clock",
    authorised: "signed in; anybody may write to anybody",
    archived: "yes",
  },
  debian: ["ejabberd", "erlang-p1-pgsql"],
  start: async (context) => {
    const port = await findFreePort();
    const client = await createDatabase(context);
    configure(context, port);
    const daemon = await runDaemon({ ...commandLine(context), folder: context.folder, port });
    const open = async (count: number) => {
      const pairs = xmppPairs(count, PASSWORD);
      const names = pairs.flatMap(({ people }) => people.map(({ id }) => id));
      await client.query("INSERT INTO users (username, password) SELECT unnest($1::text[]), $2", [names, PASSWORD]);
      return pairs;
    };
    const stop = async () => {
      await daemon.stop();
      await client.end();
    };
    return { name: "ejabberd", driver: "xmpp", url: `http://127.0.0.1:${port}`, pid: daemon.pid, open, stop };
  },
};

async function createDatabase({ database, root }: PeerContext): Promise<pg.Client> {
  await database.run(`CREATE ROLE ejabberd LOGIN PASSWORD '${PASSWORD}'`);
  await database.run("CREATE DATABASE ejabberd OWNER ejabberd");
  const url = new URL(database.url);
  url.username = "ejabberd";
  url.password = PASSWORD;
  url.pathname = "/ejabberd";
  const client = new pg.Client({ connectionString: url.href });
  client.on("error", () => {});
  await client.connect();
  await client.query(readFileSync(join(root, "usr/share/ejabberd/sql/pg.sql"), "utf8"));
  return client;
}

function configure({ folder, database }: PeerContext, port: number): void {
  const url = new URL(database.url);
  const config = `
hosts: [localhost]
loglevel: warning
listen:
  - {port: ${port}, ip: "127.0.0.1", module: ejabberd_c2s, starttls: false, access: all, shaper: none, max_stanza_size: 262144}
auth_method: [sql]
auth_password_format: plain
default_db: sql
sql_type: pgsql
sql_server: "${url.hostname}"
sql_port: ${url.port}
sql_database: ejabberd
sql_username: ejabberd
sql_password: "${PASSWORD}"
acl: {}
modules:
  mod_mam: {default: always, db_type: sql}
  mod_stream_mgmt: {}
  mod_roster: {}
  mod_ping: {}
`;
  writeFileSync(join(folder, "ejabberd.yml"), config);
  mkdirSync(join(folder, "spool"), { recursive: true });
}

/** As ejabberdctl foreground does, but out of the folder where the packages lie. */
function commandLine({ folder, root }: PeerContext) {
  const erlang = join(root, "usr/lib/erlang");
  const version = readdirSync(erlang).find((name) => name.startsWith("erts-")) ?? "";
  const libraries = ["x86_64-linux-gnu", "aarch64-linux-gnu"].map((name) => join(root, "usr/lib", name));
  const bin = join(erlang, version, "bin");
  return {
    command: join(bin, "erlexec"),
    args: [
      ...["+K", "true", "+P", "250000", "-noinput", "-mnesia", "dir", `"${join(folder, "spool")}"`],
      ...["-s", "ejabberd"],
    ],
    env: {
      ...environmentOf(root),
      ...{ ROOTDIR: erlang, BINDIR: bin, EMU: "beam", PROGNAME: "erl", HOME: folder },
      ERL_LIBS: libraries.filter((path) => existsSync(path)).join(":"),
      EJABBERD_CONFIG_PATH: join(folder, "ejabberd.yml"),
      EJABBERD_LOG_PATH: join(folder, "ejabberd.log"),
      ERL_CRASH_DUMP_SECONDS: "0",
    },
  };
}
