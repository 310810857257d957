import { makePhrases, phraseOf } from "./phrases.ts";

/** What is to lie in the database; the person `READER` takes part in `held` of the conversations. */
export interface Filling {
  readonly messages: number;
  readonly conversations: number;
  readonly held: number;
}

/** Runs one statement as somebody whom no policy holds back. */
type Run = (sql: string) => Promise<unknown>;

export const A_MILLION: Filling = { messages: 1_000_000, conversations: 50_000, held: 1_000 };

/** Takes part in many conversations, a fifth of them with something unread. */
export const READER = "person-0";
const OTHERS = 20_000;

/** The id of a conversation: in the order of time, as the server's are. The reader holds each one whose number divides. */
export const conversationId = (number: number): string =>
  `01900000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;

/**
 * Fills a migrated database: conversations of two and three people, texts of 100 bytes, all of them in the index of
 * words. The first conversation is a hundred times as long as the others. Messages lie in the table as they would have come in, one conversation's far
 * apart from each other: the worst case for reading a page.
 */
export async function fillMessages(run: Run, { messages, conversations, held }: Filling): Promise<void> {
  const each = Math.floor(messages / (conversations + 99));
  const every = Math.floor(conversations / held);
  const last = `CASE WHEN n = 0 THEN ${each * 100} ELSE ${each} END`;
  await run(`INSERT INTO parley.users (id, name, picture)
    SELECT 'person-' || n, 'Person ' || n, 'https://pictures.example/' || n || '.jpg'
    FROM generate_series(0, ${OTHERS}) n`);
  await run(`INSERT INTO parley.conversations (
      id, type, subject_type, subject_id, subject_title, title, last_seq, version, created_at, updated_at)
    SELECT ${idOf("n")}, 'group', 'order', 'order-' || n, 'Logo and business cards, draft ' || n, NULL,
      ${last}, 1 + ${last}, now() - interval '1 year', now() - random() * interval '1 year'
    FROM generate_series(0, ${conversations - 1}) n`);
  await run(participants(conversations, every, each));
  await run(phrases());
  await run(`INSERT INTO parley.messages (
      conversation_id, seq, id, version, sender_id, client_message_id, body_hash, kind, content, created_at)
    SELECT ${idOf("n")}, seq, ${messageIdOf("seq", "n")}, seq + 1, 'person-' || (1 + n % ${OTHERS}),
      ${messageIdOf("seq", "n")}::text, 0, 'text', phrase.text,
      now() - interval '1 year' + seq * interval '1 hour' + n::bigint * 7919 % 359987 * interval '1 minute'
    FROM generate_series(1, ${each * 100}) seq,
      generate_series(0, CASE WHEN seq > ${each} THEN 0 ELSE ${conversations - 1} END) n,
      phrases phrase
    WHERE phrase.number = ${phraseOf("seq", "n", every)}`);
  await fillWords(run);
  await run("VACUUM ANALYZE parley.users, parley.conversations, parley.participants, parley.messages");
  await run("VACUUM ANALYZE parley.message_words");
}

/** A table for the moment, since the statements may run on several connections. */
const phrases = (): string =>
  `CREATE TABLE phrases AS
   SELECT ordinality - 1 AS number, text, parley.word_forms(text) AS words
   FROM unnest('{${makePhrases().join(",")}}'::text[]) WITH ORDINALITY AS p (text)`;

/** As the server would have indexed them, but all at once. */
async function fillWords(run: Run): Promise<void> {
  await run("DROP INDEX parley.message_words_found");
  await run(`INSERT INTO parley.message_words (conversation_id, created_at, seq, words)
    SELECT m.conversation_id, m.created_at, m.seq, p.words || array_to_tsvector(ARRAY['@' || m.sender_id])
    FROM parley.messages m JOIN phrases p ON p.text = m.content`);
  await run(
    "CREATE INDEX message_words_found ON parley.message_words USING gin (words) WITH (gin_pending_list_limit = 512)",
  );
  await run("DROP TABLE phrases");
}

/** Two people each, and the reader in every so many; unread are the newest three of every fifth that the reader holds. */
const participants = (conversations: number, every: number, each: number): string => `
  INSERT INTO parley.participants (conversation_id, user_id, role, joined_version, read_seq, delivered_seq)
  SELECT c.id, person, 'member', 1, c.last_seq - unread, c.last_seq - unread
  FROM generate_series(0, ${conversations - 1}) n
    JOIN parley.conversations c ON c.id = ${idOf("n")},
    LATERAL (
      SELECT 'person-' || (1 + n % ${OTHERS}) AS person, 0 AS unread
      UNION ALL SELECT 'person-' || (1 + (n + 7919) % ${OTHERS}), least(1, ${each})
      UNION ALL SELECT '${READER}', CASE WHEN n % ${5 * every} = 0 THEN least(3, ${each}) ELSE 0 END WHERE n % ${every} = 0
    ) people`;

const idOf = (n: string): string => `('01900000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const messageIdOf = (seq: string, n: string): string =>
  `('0190' || lpad(to_hex(${seq}), 8, '0') || '70008000' || lpad(to_hex(${n}), 12, '0'))::uuid`;
