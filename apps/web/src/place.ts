import { useSyncExternalStore } from "react";

/** Where the app is: the address, and what the entry of the history remembers. */
export interface Place {
  /** Begins with a slash; without one at its end, but for the root. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
  readonly state: PlaceState;
}

export interface PlaceState {
  /** The list was on screen before: Back leads to it. */
  readonly fromList?: boolean;
}

export interface GoOptions {
  /** Takes the place of the entry in the history. */
  readonly replace?: boolean;
  readonly state?: PlaceState;
}

const listeners = new Set<() => void>();
let current: Place | null = null;

/** The place now; renders again when it changes, by `go` or by the browser's Back and Forward. */
export function usePlace(): Place {
  return useSyncExternalStore(subscribe, readPlace);
}

/** The same, outside of a component. */
export function readPlace(): Place {
  current ??= {
    path: location.pathname.replace(/(.)\/+$/, "$1"),
    search: location.search,
    state: (history.state as PlaceState | null) ?? {},
  };
  return current;
}

/** Shows another address of this app without loading the page. */
export function go(address: string, { replace = false, state = {} }: GoOptions = {}): void {
  if (replace) history.replaceState(state, "", address);
  else history.pushState(state, "", address);
  tell();
}

function tell(): void {
  current = null;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("popstate", tell);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("popstate", tell);
  };
}
