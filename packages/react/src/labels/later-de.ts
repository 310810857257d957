import type { LaterLabels } from "./later-labels.ts";
import { searchDe } from "./search-de.ts";

export const laterDe: LaterLabels = {
  ...searchDe,

  copy: "Text kopieren",
  copyLink: "Link kopieren",
  edit: "Bearbeiten",
  delete: "Löschen",
  pin: "Anheften",
  unpin: "Nicht mehr anheften",

  messageInfo: "Nachrichteninfo",
  sentAt: "Gesendet",
  editedAt: "Bearbeitet",
  readBy: "Gelesen von",
  deliveredTo: "Zugestellt an",
  nobodyYet: "Noch niemandem",

  moreEmoji: "Mehr Emojis",
  searchEmoji: "Emojis suchen",
  emojiGroups: "Emoji-Gruppen",
  noEmoji: "Kein Emoji gefunden",
  skinTone: "Hautton",
  skinTones: ["Kein Hautton", "Hell", "Mittelhell", "Mittel", "Mitteldunkel", "Dunkel"],
  skinToneIs: (name) => `Hautton: ${name}`,

  mentionList: "Personen zum Erwähnen",
  emojiList: "Emojis",

  open: "Öffnen",
  markUnread: "Als ungelesen markieren",
  markRead: "Als gelesen markieren",
  pinConversation: "Oben anheften",
  unpinConversation: "Nicht mehr anheften",
  mute: "Stummschalten",
  muteFirst: "Stummschalten …",
  muteFor: { hour: "Für 1 Stunde", workday: "Für 8 Stunden", always: "Bis ich es aufhebe" },
  unmute: "Nicht mehr stumm",
  archive: "Archivieren",
  unarchive: "Zurück in den Posteingang",

  leave: "Verlassen",
  leaveTitle: (name) => `„${name}“ verlassen?`,
  leaveText:
    "Du siehst sie danach nicht mehr, und niemand kann dir hier schreiben. Nur wer dabei ist, kann dich wieder aufnehmen.",

  announceOne: (name, content) => `${name}: ${content}`,
  announceMany: (n, name) => (name === null ? `${n} neue Nachrichten` : `${n} neue Nachrichten von ${name}`),
};
