import type { Labels } from "./labels.ts";
import { messagesDe } from "./messages-de.ts";

/** Small numbers need no format, which takes a slow phone 10 ms to make. */
const numberText = (n: number) => (n < 1_000 ? String(n) : n.toLocaleString("de"));
const count = (n: number, one: string, many: string) => (n === 1 ? one : `${numberText(n)} ${many}`);

function typing(names: readonly string[]): string {
  if (names.length === 1) return `${names[0]} schreibt`;
  if (names.length === 2) return `${names[0]} und ${names[1]} schreiben`;
  return `${names.length} Personen schreiben`;
}

export const de: Labels = {
  ...messagesDe,

  conversations: "Unterhaltungen",
  noConversations: "Noch nichts hier",
  noConversationsHint: "Sobald jemand eine Unterhaltung mit dir beginnt, erscheint sie hier.",
  noSelection: "Nimm den Faden auf",
  noSelectionHint: "Wähle eine Unterhaltung aus der Liste.",
  conversationNotFound: "Unterhaltung nicht gefunden",
  conversationNotFoundHint: "Es gibt sie nicht, oder du nimmst nicht mehr daran teil.",
  backToList: "Zurück zu den Unterhaltungen",
  draft: "Entwurf:",
  you: "Du",
  youToo: "du",
  platform: "Plattform",
  formerUser: "Früher dabei",
  unread: (n) => count(n, "1 ungelesene Nachricht", "ungelesene Nachrichten"),
  participants: (n) => count(n, "1 Person", "Personen"),
  subjectType: { order: "Bestellung", project: "Projekt", gig: "Auftrag" },

  searchConversations: "Personen, Betreffe und Nachrichten suchen",
  searchInbox: "Suchen",
  clearSearch: "Suche leeren",
  searchHere: "In dieser Unterhaltung suchen",
  foundConversations: "Unterhaltungen",
  foundMessages: "Nachrichten",
  sortBy: "Sortieren",
  sort: { newest: "Neueste zuerst", unread: "Ungelesene zuerst", oldest: "Älteste zuerst" },
  showOnly: "Anzeigen",
  filter: { all: "Alle", unread: "Ungelesen", archived: "Archiv" },
  subjectFilter: { order: "Bestellungen", project: "Projekte", gig: "Aufträge" },
  nothingFound: "Nichts gefunden",
  nothingFoundHint:
    "Kein Name, Titel und keine letzte Nachricht enthält das. Versuch es mit weniger Wörtern oder einem Wortanfang.",
  nothingIn: {
    all: "Alles erledigt",
    unread: "Alles gelesen",
    archived: "Das Archiv ist leer",
    subject: "Nichts davon hier",
  },
  nothingInHint: {
    all: "Alle deine Unterhaltungen liegen im Archiv.",
    unread: "Was als Nächstes hereinkommt, erscheint hier.",
    archived: "Archiviere, was erledigt ist: Es wartet hier und kommt mit der nächsten Nachricht von selbst zurück.",
    subject: "In deinem Posteingang ist keine Unterhaltung dieser Art.",
  },
  showAll: "Alle anzeigen",
  conversationActions: (name) => `Aktionen für ${name}`,
  archivedNow: (name) => `${name} ist im Archiv`,
  unarchivedNow: (name) => `${name} ist wieder im Posteingang`,
  undo: "Rückgängig",
  dismiss: "Ausblenden",
  markedUnread: "Als ungelesen markiert",
  muted: "Stumm",
  pinnedConversation: "Angeheftet",
  inArchive: "Archiviert",
  replied: "Antwort",

  history: "Nachrichtenverlauf",
  historyStart: "Hier beginnt die Unterhaltung.",
  emptyHistory: "Noch keine Nachrichten",
  emptyHistoryHint: (name) => `Schreib die erste Zeile an ${name}.`,
  loadingMessages: "Nachrichten werden geladen",
  today: "Heute",
  yesterday: "Gestern",
  deletedOwn: "Du hast diese Nachricht gelöscht",
  deleted: (name) => `${name} hat diese Nachricht gelöscht`,
  edited: "bearbeitet",
  jumpToLatest: "Zur neuesten Nachricht",
  newMessages: (n) => count(n, "1 neue Nachricht", "neue Nachrichten"),

  status: {
    pending: "Wird gesendet",
    failed: "Nicht gesendet",
    sent: "Gesendet",
    delivered: "Zugestellt",
    read: "Gelesen",
  },
  retry: "Erneut senden",
  discard: "Verwerfen",
  problem: {
    message_too_long: "Die Nachricht ist zu lang für diese Unterhaltung.",
    conversation_locked: "Die Unterhaltung wurde gesperrt.",
    conversation_archived: "Die Unterhaltung wurde archiviert.",
    writers_only: "Hier können nur Admins schreiben.",
    edit_window_closed: "Die Zeit zum Bearbeiten ist vorbei.",
    too_many_own_reactions: "Du hast auf diese Nachricht schon mit fünf Emojis reagiert. Nimm erst eines zurück.",
    message_deleted: "Die Nachricht wurde gelöscht.",
    not_found: "Die Unterhaltung steht dir nicht mehr offen.",
    rate_limited: "Das ging etwas schnell. Warte einen Moment.",
    unauthenticated: "Du bist abgemeldet.",
    token_expired: "Deine Sitzung ist abgelaufen.",
  },
  unknownProblem: "Etwas ist schiefgegangen.",
  unreachable: "Der Server ist nicht erreichbar.",
  partMissing: "Das konnte nicht geladen werden. Versuche es noch einmal oder lade die Seite neu.",

  messageActions: "Aktionen zur Nachricht",
  cancel: "Abbrechen",

  composer: "Nachricht schreiben",
  composerPlaceholder: "Nachricht schreiben …",
  send: "Senden",
  save: "Speichern",
  editing: "Nachricht bearbeiten",
  remainingCharacters: (n) => `Noch ${numberText(n)} Zeichen`,
  tooManyCharacters: (n) => count(n, "1 Zeichen zu viel", "Zeichen zu viel"),
  locked: "Diese Unterhaltung ist gesperrt. Du kannst lesen, aber nicht schreiben.",
  archived: "Diese Unterhaltung ist archiviert. Du kannst lesen, aber nicht schreiben.",
  writersOnly: "In dieser Unterhaltung können nur Admins schreiben.",

  typing,
  presence: { online: "Online", away: "Abwesend", offline: "Offline" },
  lastSeen: (when) => `Zuletzt online ${when}`,

  openMessages: "Nachrichten öffnen",
  closeMessages: "Nachrichten schließen",
  dismissTeaser: "Hinweis ausblenden",

  offline: "Keine Verbindung. Was du schreibst, geht später hinaus.",
  connecting: "Verbinde …",
  limited: "Live-Aktualisierung ist hier blockiert. Nachrichten kommen mit kurzer Verzögerung.",
  unauthorized: "Deine Sitzung ist abgelaufen. Melde dich neu an.",
  retryIn: (seconds) => `Nächster Versuch in ${seconds} s`,
};
