import type { Locale } from "@parley/react";
import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark" | "auto";
export type Density = "comfortable" | "compact";

/** What a person has set for this device. */
export interface Preferences {
  readonly locale: Locale;
  readonly theme: Theme;
  readonly density: Density;
  /** Enter sends; else it makes a new line, and Control or Command with Enter sends. */
  readonly enterSends: boolean;
  /** A sound for new messages: only after it was asked for. */
  readonly sound: boolean;
  /** Shortcuts of a single key: off for those who press keys unawares, or dictate. */
  readonly singleKeys: boolean;
}

const KEY = "parley:preferences";
const locales: readonly Locale[] = ["de", "en"];
const themes: readonly Theme[] = ["light", "dark", "auto"];
const densities: readonly Density[] = ["comfortable", "compact"];
const listeners = new Set<() => void>();
let current = read();

/** What is set for this device; renders again when it changes, also in another tab. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}

/** The same, outside of a component. */
export const readPreferences = (): Preferences => current;

/** Changes what is given, for all tabs, and remembers it. */
export function changePreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage is blocked: it holds until the page is closed.
  }
  apply();
}

/** Puts language, theme and density on the page before the first picture, now and whenever another tab changes them. */
export function startPreferences(): void {
  apply();
  window.addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    current = read();
    apply();
  });
}

function apply(): void {
  document.documentElement.lang = current.locale;
  document.documentElement.dataset.theme = current.theme;
  document.documentElement.dataset.density = current.density;
  // For the server's first picture of the next page: how it looks, and nothing about the person.
  const { locale, theme, density } = current;
  document.cookie = `parley_look=${locale}.${theme}.${density}; Path=/; Max-Age=31536000; SameSite=Lax`;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): Preferences {
  let stored: Partial<Preferences> | null = null;
  try {
    stored = JSON.parse(localStorage.getItem(KEY) ?? "null") as Partial<Preferences> | null;
  } catch {
    // Blocked or broken: as if nothing was remembered.
  }
  return {
    locale: locales.find((locale) => locale === stored?.locale) ?? (navigator.language.startsWith("de") ? "de" : "en"),
    theme: themes.find((theme) => theme === stored?.theme) ?? "auto",
    density: densities.find((density) => density === stored?.density) ?? "comfortable",
    enterSends: stored?.enterSends !== false,
    sound: stored?.sound === true,
    singleKeys: stored?.singleKeys !== false,
  };
}
