import type { Locale } from "@parley/react";
import { usePreferences } from "./preferences.ts";

/** What the app says around the kit. */
export interface AppLabels {
  readonly greeting: string;
  readonly welcome: string;
  readonly welcomeText: string;
  readonly choosePerson: string;
  readonly secondWindow: string;
  readonly openSecondWindow: string;
  readonly signingIn: string;
  readonly signInFailed: string;
  readonly loading: string;
  readonly hostTitle: string;
  readonly hostText: string;
  readonly unreachableTitle: string;
  readonly unreachableText: string;
  readonly tryAgain: string;
  readonly settings: string;
  readonly language: string;
  readonly theme: string;
  readonly themes: Readonly<Record<"light" | "dark" | "auto", string>>;
  readonly density: string;
  readonly densities: Readonly<Record<"comfortable" | "compact", string>>;
  readonly enterKey: string;
  readonly enterKeys: Readonly<Record<"sends" | "newLine", string>>;
  readonly sound: string;
  readonly soundHint: string;
  readonly readReceipts: string;
  readonly readReceiptsHint: string;
  readonly notSaved: string;
  readonly news: string;
  readonly shortcuts: string;
  readonly everywhere: string;
  readonly inTheList: string;
  readonly inTheHistory: string;
  readonly whileWriting: string;
  readonly keySearch: string;
  readonly keyNext: string;
  readonly keyPrevious: string;
  readonly keyHelp: string;
  readonly keyMove: string;
  readonly keyEnds: string;
  readonly keyMenu: string;
  readonly keyMessage: string;
  readonly keyMessageMenu: string;
  readonly keyReply: string;
  readonly keyReact: string;
  readonly keyToField: string;
  readonly keySend: string;
  readonly keyNewLine: string;
  readonly keyEditLast: string;
  readonly keyCancel: string;
  readonly keyToHistory: string;
  readonly keys: Readonly<Record<"control" | "shift" | "home" | "end", string>>;
  readonly singleKeys: string;
  readonly singleKeysHint: string;
  readonly close: string;
  readonly switchPerson: string;
  readonly skipToChat: string;
  readonly notFound: string;
  readonly toInbox: string;
  readonly roles: Readonly<Partial<Record<string, string>>>;
}

const en: AppLabels = {
  greeting: "A small marketplace, on a busy morning",
  welcome: "Who would you like to be?",
  welcomeText: "These people are in the middle of their orders. Sit down in somebody’s chair and answer for them.",
  choosePerson: "People of the demo",
  secondWindow: "A conversation needs two. Open a second window, be somebody else there, and watch both sides.",
  openSecondWindow: "Open a second window",
  signingIn: "One moment…",
  signInFailed: "That did not work. The server could not be reached.",
  loading: "Loading",
  hostTitle: "Please sign in first",
  hostText: "Sign in on the page that brought you here. Then your messages open by themselves.",
  unreachableTitle: "The server does not answer",
  unreachableText: "It may be starting. Try again in a moment.",
  tryAgain: "Try again",
  settings: "Settings",
  language: "Language",
  theme: "Appearance",
  themes: { light: "Light", dark: "Dark", auto: "Automatic" },
  density: "Density",
  densities: { comfortable: "Comfortable", compact: "Compact" },
  enterKey: "Enter key",
  enterKeys: { sends: "Sends", newLine: "New line" },
  sound: "Sound for new messages",
  soundHint: "Two quiet notes, never for muted conversations.",
  readReceipts: "Read receipts",
  readReceiptsHint:
    "If you turn this off, nobody sees what you read from then on, and you do not see what others read. What was already shown stays.",
  notSaved: "That could not be saved. Try again in a moment.",
  news: "New messages",
  shortcuts: "Keyboard shortcuts",
  everywhere: "Everywhere",
  inTheList: "In the list of conversations",
  inTheHistory: "In the history",
  whileWriting: "While writing",
  keySearch: "Search",
  keyNext: "Next conversation",
  keyPrevious: "Previous conversation",
  keyHelp: "This list",
  keyMove: "Line by line",
  keyEnds: "First and last",
  keyMenu: "Actions of a conversation",
  keyMessage: "Message by message",
  keyMessageMenu: "Actions of a message",
  keyReply: "Reply",
  keyReact: "React",
  keyToField: "To the text field",
  keySend: "Send",
  keyNewLine: "New line",
  keyEditLast: "Edit the last message, in an empty field",
  keyCancel: "Cancel an edit or a reply",
  keyToHistory: "To the history",
  keys: { control: "Ctrl", shift: "Shift", home: "Home", end: "End" },
  singleKeys: "Single keys too",
  singleKeysHint: "/ searches and ? opens this list, while no text is being written.",
  close: "Close",
  switchPerson: "Switch person",
  skipToChat: "Skip to the conversation",
  notFound: "There is no such page.",
  toInbox: "To the conversations",
  roles: { buyer: "Buyer", seller: "Seller", agency: "Agency", support: "Support", operator: "Operator" },
};

const de: AppLabels = {
  greeting: "Ein kleiner Marktplatz, an einem vollen Vormittag",
  welcome: "Wer möchtest du sein?",
  welcomeText: "Diese Leute stecken mitten in ihren Bestellungen. Setz dich auf einen der Stühle und antworte.",
  choosePerson: "Personen der Demo",
  secondWindow:
    "Zu einem Gespräch gehören zwei. Öffne ein zweites Fenster, sei dort jemand anderes, und sieh beide Seiten.",
  openSecondWindow: "Zweites Fenster öffnen",
  signingIn: "Einen Moment …",
  signInFailed: "Das hat nicht geklappt. Der Server war nicht erreichbar.",
  loading: "Wird geladen",
  hostTitle: "Bitte melde dich erst an",
  hostText: "Melde dich auf der Seite an, von der du kommst. Danach öffnen sich deine Nachrichten von selbst.",
  unreachableTitle: "Der Server antwortet nicht",
  unreachableText: "Vielleicht startet er gerade. Versuch es gleich noch einmal.",
  tryAgain: "Erneut versuchen",
  settings: "Einstellungen",
  language: "Sprache",
  theme: "Darstellung",
  themes: { light: "Hell", dark: "Dunkel", auto: "Automatisch" },
  density: "Dichte",
  densities: { comfortable: "Luftig", compact: "Kompakt" },
  enterKey: "Enter-Taste",
  enterKeys: { sends: "Sendet", newLine: "Neue Zeile" },
  sound: "Ton bei neuen Nachrichten",
  soundHint: "Zwei leise Töne, nie für stumme Unterhaltungen.",
  readReceipts: "Lesebestätigungen",
  readReceiptsHint:
    "Schaltest du das aus, sieht ab dann niemand, was du liest, und du siehst es bei anderen nicht. Was schon zu sehen war, bleibt.",
  notSaved: "Das ließ sich nicht speichern. Versuch es gleich noch einmal.",
  news: "Neue Nachrichten",
  shortcuts: "Tastenkürzel",
  everywhere: "Überall",
  inTheList: "In der Liste der Unterhaltungen",
  inTheHistory: "Im Verlauf",
  whileWriting: "Beim Schreiben",
  keySearch: "Suchen",
  keyNext: "Nächste Unterhaltung",
  keyPrevious: "Vorige Unterhaltung",
  keyHelp: "Diese Liste",
  keyMove: "Zeile für Zeile",
  keyEnds: "Erste und letzte",
  keyMenu: "Aktionen einer Unterhaltung",
  keyMessage: "Nachricht für Nachricht",
  keyMessageMenu: "Aktionen einer Nachricht",
  keyReply: "Antworten",
  keyReact: "Reagieren",
  keyToField: "Zum Textfeld",
  keySend: "Senden",
  keyNewLine: "Neue Zeile",
  keyEditLast: "Letzte Nachricht bearbeiten, im leeren Feld",
  keyCancel: "Bearbeiten oder Antworten abbrechen",
  keyToHistory: "Zum Verlauf",
  keys: { control: "Strg", shift: "Umschalt", home: "Pos1", end: "Ende" },
  singleKeys: "Auch einzelne Tasten",
  singleKeysHint: "/ sucht und ? öffnet diese Liste, solange kein Text geschrieben wird.",
  close: "Schließen",
  switchPerson: "Person wechseln",
  skipToChat: "Zur Unterhaltung springen",
  notFound: "Diese Seite gibt es nicht.",
  toInbox: "Zu den Unterhaltungen",
  roles: { buyer: "Kauft ein", seller: "Bietet an", agency: "Agentur", support: "Support", operator: "Betrieb" },
};

const catalogue: Readonly<Record<Locale, AppLabels>> = { de, en };

/** The app's texts in the chosen language. */
export function useAppLabels(): AppLabels {
  return catalogue[usePreferences().locale];
}
