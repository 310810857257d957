import type { Transaction } from "../../platform/db/database.ts";
import { createGiveWay } from "../../platform/give-way.ts";
import { foldWords } from "./fold-words.ts";
import { removeWords, type TextRow, writeWords } from "./store.ts";

/** Writes the words of these messages into the index, and takes out what was deleted. */
export async function indexTexts(db: Transaction, rows: readonly TextRow[]): Promise<void> {
  const gone = rows.filter(({ content }) => content === null);
  const texts = rows.filter(({ content }) => content !== null);
  if (gone.length > 0) await db.query(removeWords, placesOf(gone));
  if (texts.length === 0) return;
  const giveWay = createGiveWay();
  const words: string[] = [];
  for (const { content } of texts) {
    words.push(foldWords(content ?? "").join(" "));
    await giveWay();
  }
  const edits = texts.map(({ edited_at }) => edited_at);
  const versions = texts.map(({ version }) => version);
  const senders = texts.map(({ sender_id }) => sender_id);
  await db.query(writeWords, [...placesOf(texts), edits, versions, senders, words]);
}

const placesOf = (rows: readonly TextRow[]) => [
  rows.map(({ conversation_id }) => conversation_id),
  rows.map(({ created_at }) => created_at),
  rows.map(({ seq }) => seq),
];
