import { randomUUID } from "node:crypto";
import type { MessageKind, ParticipantRole } from "@parley/protocol";
import pg from "pg";
import { insertConversation } from "../../apps/server/src/features/conversations/store.ts";
import { type AppendedRow, appendMessages } from "../../apps/server/src/features/messages/store.ts";
import { insertParticipants } from "../../apps/server/src/features/participants/store.ts";
import { ensureUsers } from "../../apps/server/src/features/users/store.ts";
import { createDatabase } from "../../apps/server/src/platform/db/create-database.ts";
import type { Database } from "../../apps/server/src/platform/db/database.ts";
import { createTestDatabase } from "./database.ts";

/** One message of a batch; what is left out has a usual value. */
export interface Append {
  conversationId: string;
  senderId?: string | null;
  clientMessageId?: string;
  kind?: MessageKind;
  content?: string;
  byHost?: boolean;
  adminsOnly?: boolean;
  replyToSeq?: number;
  mentions?: readonly string[];
}

export interface StoreFixture {
  readonly db: Database;
  /** A second pair of pools on the same database, as another server would have. */
  secondDatabase(): Database;
  /** Looks behind the server's back, as the superuser. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Makes a conversation of these people; the names stand for members unless a role is given. */
  conversation(people: Readonly<Record<string, ParticipantRole>> | readonly string[]): Promise<string>;
  /** Appends a batch; the rows in the order of the batch. */
  append(batch: readonly Append[], db?: Database): Promise<AppendedRow[]>;
  close(): Promise<void>;
}

export const asUser = (userId: string) => ({ kind: "user", userId, expiresAt: Number.MAX_SAFE_INTEGER }) as const;

/** A database of its own, without a server. */
export async function createStoreFixture(): Promise<StoreFixture> {
  const database = await createTestDatabase();
  const admin = new pg.Pool({
    connectionString: database.adminUrl,
    max: 2,
    options: "-c search_path=parley -c timezone=UTC",
  });
  admin.on("error", () => {});
  const open = (): Database => createDatabase({ url: database.url, onError: () => {} });
  const databases = [open()];
  const [db] = databases as [Database];
  return {
    db,
    secondDatabase: () => {
      const second = open();
      databases.push(second);
      return second;
    },
    sql: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await admin.query<Row>(text, values)).rows,
    conversation: (people) => insertOne(db, people),
    append: (batch, on = db) => appendBatch(on, batch),
    close: async () => {
      await Promise.all(databases.map((one) => one.close()));
      await admin.end();
      await database.drop();
    },
  };
}

async function insertOne(
  db: Database,
  people: Readonly<Record<string, ParticipantRole>> | readonly string[],
): Promise<string> {
  const roles = Array.isArray(people)
    ? people.map((userId) => [userId, "member"] as const)
    : Object.entries(people as Record<string, ParticipantRole>);
  const id = randomUUID();
  await db.transaction(async (tx) => {
    await ensureUsers(
      tx,
      roles.map(([userId]) => userId),
    );
    await tx.query(insertConversation, [id, "group", null, null, null, null, null, null, null]);
    await tx.query(insertParticipants, [id, roles.map(([userId]) => userId), roles.map(([, role]) => role), 1]);
  });
  return id;
}

async function appendBatch(db: Database, batch: readonly Append[]): Promise<AppendedRow[]> {
  const rows = await db.append(appendMessages, [
    batch.map(() => randomUUID()),
    batch.map(({ conversationId }) => conversationId),
    batch.map(({ senderId = null }) => senderId),
    batch.map(({ clientMessageId }) => clientMessageId ?? randomUUID()),
    batch.map(({ kind = "text" }) => kind),
    batch.map(({ content = "Hello" }) => content),
    batch.map(({ byHost = false }) => byHost),
    batch.map(({ adminsOnly = false }) => adminsOnly),
    batch.map(({ replyToSeq = null }) => replyToSeq),
    batch.map(({ mentions }) => (mentions === undefined ? null : JSON.stringify(mentions))),
  ]);
  return rows.sort((one, other) => one.ord - other.ord);
}
