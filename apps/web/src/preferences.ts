import type { Locale } from "@parley/react";
import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark" | "auto";

export interface Preferences {
  readonly locale: Locale;
  readonly theme: Theme;
}

const KEY = "parley:preferences";
const locales: readonly Locale[] = ["de", "en"];
const themes: readonly Theme[] = ["light", "dark", "auto"];
const listeners = new Set<() => void>();
let current = read();

/** Language and theme of this device. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}

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

/** Puts language and theme on the page, now and whenever another tab changes them. */
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
  };
}
