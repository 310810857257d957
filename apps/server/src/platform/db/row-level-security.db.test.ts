import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "../../../../../tests/support/start-server.ts";
import { statementsGivenToReadAs } from "../../../../../tests/support/statements-given-to-read-as.ts";
import { waitUntil } from "../../../../../tests/support/wait-until.ts";
import type { Statement } from "./statement.ts";

interface Recorded {
  statement: Statement<unknown>;
  userId: string;
  values: readonly unknown[];
}

/** Of none of these an outsider gets anything, even when its own condition is gone. */
const cases: Readonly<Record<string, { unconditional?: true }>> = {
  find_conversation: {},
  list_all_conversations: {},
  list_conversations: {},
  list_oldest_conversations: {},
  list_unread_conversations: {},
  find_own_membership: {},
  // Has no condition of its own: the second wall is its only one.
  list_participants: { unconditional: true },
  search_messages: {},
  read_history: {},
  read_message_for_change: {},
  read_pins: {},
  find_own_send: {},
  read_unread: {},
  read_changes: {},
  read_moved_receipts: {},
  read_preferences: {},
};

const TABLES = ["conversations"];
/** Of the actor alone: they pass the policies and are a wall themselves. */
const VIEWS = [
  "my_memberships",
  "my_conversations",
  "my_participants",
  "my_places",
  "seen_conversations",
  "seen_participants",
];
/** With what only one of the participants may see. */
const TABLES_IN_PART = {
  participants: "user_id, role, delivered_seq",
  former_participants: "user_id",
  messages: "id",
};

const CONDITION = /\b(mine|p|c)\.user_id = \$(\d)/g;
/** Some statements give one row at least: without an id it shows nothing, besides which of the sent ids are not mine. */
const shown = (rows: readonly unknown[]) => rows.filter((row) => (row as { id?: unknown }).id !== null);
const withoutCondition = (text: string): string => text.replaceAll(CONDITION, "$$$2::text IS NOT NULL");

describe("the second wall", () => {
  let server: TestServer;
  let id: string;
  const sent: Awaited<ReturnType<typeof send>>[] = [];
  const recorded = new Map<string, Recorded>();

  beforeAll(async () => {
    server = await startServer();
    const participants = ["ana", "ben", "removed"].map((userId) => ({ userId }));
    const body = { type: "group", participants };
    ({ id } = (await server.asHost("openConversation", { body })).conversation);
    for (const content of ["one", "two", "three"]) sent.push(await send(content));
    await server.asHost("removeParticipant", { params: { id, userId: "removed" } });
    await server.asUser("outsider")("getSession");
    const { db } = server.app.deps;
    const { readAs } = db;
    db.readAs = (userId, statement, values) => {
      recorded.set(statement.name, { statement, userId, values });
      return readAs(userId, statement, values);
    };
    await readEverything();
    db.readAs = readAs;
  });
  afterAll(() => server.stop());

  const send = (content: string) =>
    server.asUser("ben")("sendMessage", { params: { id }, body: { clientMessageId: content, content } });

  async function readEverything(): Promise<void> {
    const asAna = server.asUser("ana");
    await asAna("listConversations");
    await asAna("listConversations", { query: { filter: "unread" } });
    await asAna("listConversations", { query: { sort: "oldest" } });
    await asAna("listConversations", { query: { sort: "unread" } });
    await asAna("getConversation", { params: { id } });
    await asAna("listMessages", { params: { id } });
    await asAna("pinMessage", { params: { id: sent[0]?.message.id ?? "" } });
    await asAna("listPins", { params: { id } });
    await waitUntil(async () => (await asAna("search", { query: { q: "two" } })).hits.length > 0);
    await asAna("getUnread");
    await asAna("changePreferences", { params: { id }, body: { pinned: true } });
    await asAna("sync", { body: { versions: { [id]: 1 }, positions: { [id]: 0 }, preferenceSum: 0 } });
    await asAna.try("sendMessage", { params: { id }, body: { clientMessageId: "x", content: "x".repeat(20_000) } });
    const long = "x".repeat(20_000);
    await server.asUser("ben").try("sendMessage", { params: { id }, body: { clientMessageId: "one", content: long } });
    const socket = await server.socket("ana");
    await socket.ask("conversation:join", { conversationId: id });
    await asAna("markRead", { params: { id }, body: { seq: 1 } });
  }

  const recordedCalls = () => [...recorded.values()];

  it("stands behind every statement that the server reads with for a person", () => {
    expect([...recorded.keys()].sort()).toEqual(Object.keys(cases).sort());
    expect([...recorded.keys()].sort()).toEqual(statementsGivenToReadAs());
  });

  it.each(Object.entries(cases))(
    "%s shows an outsider nothing, even without its own condition",
    async (name, expected) => {
      const { statement, userId, values } = recorded.get(name) as Recorded;
      const text = withoutCondition(statement.text);
      expect(text !== statement.text).toBe(expected.unconditional !== true);
      const open: Statement<unknown> = { name: `${name}_open`, text };
      const { db } = server.app.deps;
      const seen = await db.readAs(userId, open, values);
      expect(shown(seen).length).toBeGreaterThan(0);
      for (const outsider of ["outsider", "removed", "nobody-ever-seen", ""]) {
        expect(shown(await db.readAs(outsider, open, values))).toEqual([]);
        // The statement as it is, asked in the name of somebody who does take part.
        expect(shown(await db.readAs(outsider, statement, values))).toEqual([]);
      }
    },
  );

  it("shows nothing at all where no actor was ever set", async () => {
    const client = await connectAs("parley_reader");
    for (const { statement, values } of recordedCalls()) {
      const { rows } = await client.query(withoutCondition(statement.text), [...values]);
      expect(shown(rows)).toEqual([]);
    }
    for (const table of [...TABLES, ...VIEWS]) {
      expect((await client.query(`SELECT * FROM ${table}`)).rows).toEqual([]);
    }
    for (const [table, columns] of Object.entries(TABLES_IN_PART)) {
      expect((await client.query(`SELECT ${columns} FROM ${table}`)).rows).toEqual([]);
    }
    await client.end();
  });

  it("shows nobody what another participant has set, or has read without telling", async () => {
    await server.asUser("ben")("changeSettings", { body: { readReceipts: false } });
    await server.asHost("sendMessage", {
      params: { id },
      body: { clientMessageId: "quiet", content: "quiet", kind: "system" },
    });
    await server.asUser("ben")("markRead", { params: { id }, body: { seq: 99 } });
    await server.asUser("ben")("changePreferences", { params: { id }, body: { archived: true, markedUnread: true } });
    const see = (userId: string, text: string) =>
      server.app.deps.db.readAs<Record<string, unknown>>(userId, { name: `see ${text}`, text }, []);
    const everything = "SELECT * FROM seen_participants WHERE user_id = 'ben'";
    const hidden = { read_seq: null, archived_seq: null, marked_unread: null, preference_version: null };
    expect(await see("ana", everything)).toEqual([expect.objectContaining({ ...hidden, shown_read_seq: 3 })]);
    const own = { read_seq: 4, archived_seq: 4, marked_unread: true, preference_version: 1 };
    expect(await see("ben", everything)).toEqual([expect.objectContaining({ ...own, shown_read_seq: 3 })]);
    const list = "SELECT read_seq FROM my_participants WHERE user_id = 'ben'";
    expect(await see("ana", list)).toEqual([{ read_seq: 3 }]);
    expect(await see("ben", list)).toEqual([{ read_seq: 4 }]);
    // Who does not tell is not told either.
    const anas = "SELECT shown_read_seq, delivered_seq FROM seen_participants WHERE user_id = 'ana'";
    expect(await see("ben", anas)).toEqual([{ shown_read_seq: 0, delivered_seq: 1 }]);
    expect(await see("ana", anas)).toEqual([{ shown_read_seq: 1, delivered_seq: 1 }]);
    expect(await see("ben", "SELECT read_seq FROM my_participants WHERE user_id = 'ana'")).toEqual([{ read_seq: 0 }]);
    expect(await see("ana", "SELECT user_id FROM my_places")).toEqual([{ user_id: "ana" }]);
  });

  it("keeps the roles small: they own nothing, pass no policy, and write only what they should", async () => {
    const owned = await server.sql(
      `SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) LIKE 'parley\\_%'
       UNION ALL SELECT proname FROM pg_proc WHERE pg_get_userbyid(proowner) LIKE 'parley\\_%'
       UNION ALL SELECT nspname FROM pg_namespace WHERE pg_get_userbyid(nspowner) LIKE 'parley\\_%'`,
    );
    expect(owned).toEqual([]);
    const roles = await server.sql(
      "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin FROM pg_roles WHERE rolname LIKE 'parley\\_%' ORDER BY 1",
    );
    const nothing = {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolcanlogin: false,
    };
    expect(roles).toEqual(["parley_reader", "parley_writer"].map((rolname) => ({ rolname, ...nothing })));
    const unguarded = await server.sql(
      `SELECT relname FROM pg_class WHERE relnamespace = 'parley'::regnamespace AND relkind = 'r' AND NOT relrowsecurity
       ORDER BY 1`,
    );
    expect(unguarded.map(({ relname }) => relname)).toEqual(["schema_migrations", "users"]);
  });

  it.each([
    ["parley_reader", "INSERT INTO users (id) VALUES ('x')"],
    ["parley_reader", "UPDATE participants SET role = 'owner'"],
    ["parley_reader", "DELETE FROM messages"],
    ["parley_reader", "TRUNCATE messages"],
    ["parley_reader", "SELECT deleted_content FROM messages"],
    ["parley_reader", "SELECT body_hash FROM messages"],
    ["parley_reader", "SELECT * FROM messages"],
    ["parley_reader", "SELECT read_seq FROM participants"],
    ["parley_reader", "SELECT shown_read_seq FROM participants"],
    ["parley_reader", "SELECT quiet_to FROM participants"],
    ["parley_reader", "SELECT pinned_at FROM participants"],
    ["parley_reader", "SELECT muted_until FROM participants"],
    ["parley_reader", "SELECT archived_seq FROM participants"],
    ["parley_reader", "SELECT marked_unread FROM participants"],
    ["parley_reader", "SELECT preference_version FROM participants"],
    ["parley_reader", "SELECT * FROM participants"],
    ["parley_reader", "SELECT preference_version FROM former_participants"],
    ["parley_reader", "SELECT read_receipts FROM users"],
    ["parley_reader", "SELECT email FROM users"],
    ["parley_reader", "SELECT locale FROM users"],
    ["parley_reader", "SELECT * FROM schema_migrations"],
    ["parley_reader", "SELECT * FROM append_messages('{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')"],
    ["parley_reader", "SELECT * FROM message_words"],
    ["parley_reader", "SELECT * FROM words_due"],
    ["parley_reader", "SELECT * FROM quotes_due"],
    ["parley_writer", "SELECT * FROM find_words('{}', '', NULL, now(), now(), NULL, 1, 1, 1, 1)"],
    ["parley_reader", "SET ROLE parley_writer"],
    ["parley_reader", "CREATE TABLE mine ()"],
    ["parley_writer", "INSERT INTO messages (id) VALUES (gen_random_uuid())"],
    ["parley_writer", "DELETE FROM messages"],
    ["parley_writer", "TRUNCATE participants"],
    ["parley_writer", "ALTER TABLE messages DISABLE ROW LEVEL SECURITY"],
    ["parley_writer", "DROP POLICY reader ON messages"],
    ["parley_writer", "CREATE TABLE mine ()"],
    ["parley_writer", "INSERT INTO schema_migrations VALUES ('x')"],
  ])("%s may not: %s", async (role, sql) => {
    const client = await connectAs(role);
    await expect(client.query(sql)).rejects.toMatchObject({ code: "42501" });
    await client.end();
  });

  /** Under one role alone, not as an owner who took it on. */
  async function connectAs(role: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: server.database.adminUrl, options: "-c search_path=parley" });
    await client.connect();
    await client.query(`SET SESSION AUTHORIZATION ${role}`);
    return client;
  }
});
