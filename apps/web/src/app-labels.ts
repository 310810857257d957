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
  readonly switchPerson: string;
  readonly skipToChat: string;
  readonly notFound: string;
  readonly toInbox: string;
  readonly roles: Readonly<Partial<Record<string, string>>>;
}

const en: AppLabels = {
  greeting: "A small marketplace, on a busy morning",
  welcome: "Who would you like to be?",
  welcomeText: "These people are in the middle of their orders. Sit down in somebody's chair and answer for them.",
  choosePerson: "People of the demo",
  secondWindow: "A conversation needs two. Open a second window, be somebody else there, and watch both sides.",
  openSecondWindow: "Open a second window",
  signingIn: "One moment …",
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
