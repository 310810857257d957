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

  chooseEmoji: "Emoji auswählen",
  insertEmoji: "Emoji einfügen",
  moreEmoji: "Mehr Emojis",
  searchEmoji: "Emojis suchen",
  emojiGroups: "Emoji-Gruppen",
  noEmoji: "Kein Emoji gefunden",
  skinTone: "Hautton",
  skinTones: ["Kein Hautton", "Hell", "Mittelhell", "Mittel", "Mitteldunkel", "Dunkel"],
  skinToneIs: (name) => `Hautton: ${name}`,

  pin: "Anheften",
  unpin: "Loslösen",
  pinned: "Angeheftet",
  pinnedOf: (at, n) => `Angeheftete Nachricht ${at} von ${n}`,
  pinnedMessages: "Angeheftete Nachrichten",

  copyLink: "Link kopieren",
  copied: "Kopiert",
  messageDeleted: "Nachricht gelöscht",

  messageInfo: "Nachrichteninfo",
  sentAt: "Gesendet",
  editedAt: "Bearbeitet",
  readBy: "Gelesen von",
  deliveredTo: "Zugestellt an",
  nobodyYet: "Noch niemandem",
  close: "Schließen",

  mentionList: "Personen zum Erwähnen",
  emojiList: "Emojis",
  suggestions: (n) => (n === 1 ? "1 Vorschlag" : `${n} Vorschläge`),
  waitToWrite: (n) => `Das war etwas schnell. Deine Nachricht geht in ${seconds(n)} raus.`,
  waitToSave: (n) => `Das war etwas schnell. Speichere in ${seconds(n)} noch einmal.`,
};
