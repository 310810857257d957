import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { databaseUrl } from "../support/database.ts";
import { createHttpCaller } from "../support/http-caller.ts";
import { SECRET_KEY, signToken } from "../support/start-server.ts";
import { type LaunchedServer, launchServer } from "./launch-server.ts";

const ROLES = readFileSync(fileURLToPath(new URL("../../deploy/roles.sql", import.meta.url)), "utf8");
/** As somebody's password manager makes them. */
const PASSWORD = String.raw`p@ss:w/o?r#d%20&"'\é`;

const suffix = randomBytes(6).toString("hex");
const database = `test_role_${suffix}`;
const role = `parley_server_${suffix}`;

const ask = async (url: string, ...texts: string[]): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const text of texts) ({ rows } = await client.query<Record<string, unknown>>(text));
    return rows;
  } finally {
    await client.end();
  }
};

describe("a server with a login role of its own", () => {
  const ownerUrl = databaseUrl(inject("parleyUrl"), database);
  let server: LaunchedServer;
  let folder: string;

  /** The role's address without its password. */
  const roleUrl = (() => {
    const url = new URL(ownerUrl);
    url.username = role;
    url.password = "";
    return url.href;
  })();
  const withPassword = (() => {
    const url = new URL(roleUrl);
    url.password = encodeURIComponent(PASSWORD);
    return url.href;
  })();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "parley-role-test-"));
    await ask(inject("adminUrl"), `CREATE DATABASE ${database} OWNER parley`);
    const script = ROLES.replaceAll(':"server"', role).replaceAll(":'password'", pg.escapeLiteral(PASSWORD));
    await ask(ownerUrl, script);
    server = await launchServer({
      DATABASE_URL: roleUrl,
      PGPASSWORD: PASSWORD,
      MIGRATION_DATABASE_URL: ownerUrl,
      REDIS_URL: "",
      DATA_DIR: folder,
    });
  });
  afterAll(async () => {
    await server?.end();
    await ask(inject("adminUrl"), `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`, `DROP ROLE IF EXISTS ${role}`);
    rmSync(folder, { recursive: true, force: true });
  });

  it("is migrated by the owner, works, and has nothing to warn of", async () => {
    const asHost = createHttpCaller(
      () => server.url,
      async () => SECRET_KEY,
    );
    const asAna = createHttpCaller(
      () => server.url,
      () => signToken("ana"),
    );
    const body = { type: "group", participants: [{ userId: "ana" }, { userId: "ben" }] };
    const { id } = (await asHost("openConversation", { body })).conversation;
    await asAna("sendMessage", { params: { id }, body: { clientMessageId: "one", content: "Hello" } });
    const { messages } = await asAna("listMessages", { params: { id }, query: {} });
    expect(messages.map(({ content }) => content)).toEqual(["Hello"]);
    await asAna("search", { query: { q: "hello" } });
    await asAna("sync", { body: { versions: {} } });
    expect(server.log()).not.toContain("does not need");
    expect(
      await ask(ownerUrl, "SELECT nspowner::regrole::text AS owner FROM pg_namespace WHERE nspname = 'parley'"),
    ).toEqual([{ owner: "parley" }]);
  });

  it.each([
    "SELECT * FROM parley.messages",
    "CREATE TABLE public.mine (id int)",
    "CREATE TABLE parley.mine (id int)",
    "DROP TABLE parley.messages",
    "ALTER TABLE parley.messages DISABLE ROW LEVEL SECURITY",
    "SET ROLE parley_writer; DROP TABLE parley.messages",
    "SET ROLE parley",
  ])("that role may not: %s", async (text) => {
    await expect(ask(withPassword, text)).rejects.toMatchObject({ code: "42501" });
  });

  it("is warned of when it is the owner, and refused when it may not do its work", async () => {
    const owner = await launchServer({ DATABASE_URL: ownerUrl, REDIS_URL: "", DATA_DIR: folder });
    await owner.end();
    expect(owner.log()).toContain('The role \\"parley\\" of DATABASE_URL owns the schema');
    await ask(ownerUrl, `REVOKE parley_writer FROM ${role}`);
    await expect(
      launchServer({ DATABASE_URL: withPassword, MIGRATION_DATABASE_URL: ownerUrl, REDIS_URL: "", DATA_DIR: folder }),
    ).rejects.toThrow(/may not act as parley_writer/);
    await ask(ownerUrl, `GRANT parley_writer TO ${role}`);
  });
});
