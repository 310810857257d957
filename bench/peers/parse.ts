import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runNpm } from "../../scripts/run-program.mjs";
import type { Conversation, Person } from "../drivers/driver.ts";
import { APP_ID } from "../drivers/parse.ts";
import { findFreePort } from "../free-port.ts";
import { fileBeside } from "../systems.ts";
import type { Peer, PeerContext } from "./peer.ts";
import { runDaemon } from "./run-daemon.ts";

const MASTER_KEY = "only-on-loopback";

/** parse-server with LiveQuery on the same PostgreSQL as ours, in a database of its own; its users sign in. */
export const parse: Peer = {
  name: "parse-server",
  label: "parse-server, LiveQuery, PostgreSQL",
  setup:
    "parse-server from npm by its own program, LiveQuery in the same process, users with sessions, an ACL a message; LiveQuery looks at every subscription for each message",
  semantics: {
    durable: "yes",
    ordered: "by the server's clock",
    authorised: "signed in, reading by ACL; anybody may write anywhere",
    archived: "yes",
  },
  debian: [],
  start: async (context) => {
    await install(context);
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    const config = await configure(context, port);
    const program = join(context.root, "parse-server/node_modules/parse-server/bin/parse-server");
    const env = { NODE_ENV: "production" };
    const daemon = await runDaemon({
      command: process.execPath,
      args: [program, config],
      env,
      folder: context.folder,
      port,
    });
    await askAsMaster(url, "schemas/Message", MESSAGE_CLASS);
    const open = (count: number) => openConversations(url, count);
    return { name: "parse-server", driver: "parse", url, pid: daemon.pid, open, stop: daemon.stop };
  },
};

const MESSAGE_CLASS = {
  className: "Message",
  fields: { conversation: { type: "String" }, clientMessageId: { type: "String" }, text: { type: "String" } },
  indexes: { page: { conversation: 1, createdAt: 1 } },
  // Everybody may ask and subscribe; what they get is decided by the ACL of each message.
  classLevelPermissions: { find: { "*": true }, get: { "*": true }, create: { "*": true } },
};

async function install({ root }: PeerContext): Promise<void> {
  const folder = join(root, "parse-server");
  if (existsSync(join(folder, "node_modules/parse-server/bin/parse-server"))) return;
  mkdirSync(folder, { recursive: true });
  copyFileSync(fileBeside("peers/parse-server/package.json"), join(folder, "package.json"));
  const options = { cwd: folder, capture: true };
  const { code, output } = await runNpm(["install", "--no-audit", "--no-fund", "--ignore-scripts"], options);
  if (code !== 0) throw new Error(`npm could not install it: ${output.slice(-500)}`);
}

async function configure({ database, folder }: PeerContext, port: number): Promise<string> {
  await database.run("CREATE DATABASE parse OWNER parley");
  const uri = new URL(database.url);
  uri.pathname = "/parse";
  uri.search = "";
  const file = join(folder, "parse.json");
  const config = {
    ...{ appId: APP_ID, masterKey: MASTER_KEY, databaseURI: uri.href, mountPath: "/parse" },
    ...{
      port,
      host: "127.0.0.1",
      serverURL: `http://127.0.0.1:${port}/parse`,
      publicServerURL: `http://127.0.0.1:${port}/parse`,
    },
    ...{ liveQuery: { classNames: ["Message"] }, startLiveQueryServer: true, silent: true, logsFolder: null },
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

let opened = 0;

async function openConversations(url: string, count: number): Promise<Conversation[]> {
  const conversations: Conversation[] = [];
  for (let n = 0; n < count; n += 1) {
    opened += 1;
    const people = await Promise.all(["a", "b"].map((side) => signUp(url, `person-${opened}${side}`)));
    conversations.push({ conversationId: `conversation-${opened}`, people });
  }
  return conversations;
}

async function signUp(url: string, username: string): Promise<Person> {
  const { objectId, sessionToken } = (await askAsMaster(url, "users", { username, password: "only-on-loopback" })) as {
    objectId: string;
    sessionToken: string;
  };
  return { id: objectId, token: sessionToken };
}

async function askAsMaster(url: string, path: string, body: object): Promise<unknown> {
  const response = await fetch(`${url}/parse/${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-parse-application-id": APP_ID,
      ...(path === "users" ? { "x-parse-revocable-session": "1" } : { "x-parse-master-key": MASTER_KEY }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`parse-server, ${path}: ${await response.text()}`);
  return response.json();
}
