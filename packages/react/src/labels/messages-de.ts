import type { MessageLabels } from "./message-labels.ts";

const seconds = (n: number) => (n === 1 ? "1 Sekunde" : `${n} Sekunden`);

export const messagesDe: MessageLabels = {
  unreadLine: "Neu",
  jumpBack: "Zurück zur vorigen Stelle",

  reply: "Antworten",
  replyingTo: (name) => `Antwort an ${name}`,
  cancelReply: "Nicht antworten",
  quoteOf: (name, text) => `Antwort an ${name}: ${text}`,
  quoteDeleted: "Gelöschte Nachricht",

  react: "Reagieren",
  reactions: "Reaktionen",
  addReaction: "Reaktion hinzufügen",
  reactedBy: (emoji, names) => `${emoji} von ${names}`,
  othersToo: (n) => (n === 1 ? "1 weiteren Person" : `${n} weiteren`),

  insertEmoji: "Emoji einfügen",

  pinned: "Angeheftet",
  pinnedOf: (at, n) => `Angeheftete Nachricht ${at} von ${n}`,
  pinnedMessages: "Angeheftete Nachrichten",

  copied: "Kopiert",
  messageDeleted: "Nachricht gelöscht",

  close: "Schließen",

  waitToWrite: (n) => `Das war etwas schnell. Deine Nachricht geht in ${seconds(n)} raus.`,
  waitToSave: (n) => `Das war etwas schnell. Speichere in ${seconds(n)} noch einmal.`,
};
