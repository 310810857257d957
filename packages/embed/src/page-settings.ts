import type { Appearance, LabelOverrides } from "@parley/react";
import { type GetToken, tokenFrom } from "./get-token.ts";

/** What a page says once for all of its elements; an element's own attributes and properties go before. */
export interface PageSettings extends Partial<Pick<Appearance, "theme" | "density">> {
  readonly serverUrl?: string;
  readonly tokenUrl?: string;
  readonly getToken?: GetToken | null;
  readonly locale?: string;
  readonly labels?: LabelOverrides;
}

type Resolved = Omit<PageSettings, "tokenUrl" | "getToken"> & { readonly getToken: GetToken | null };

let current: Resolved = { getToken: null };
const listeners = new Set<() => void>();

export const pageSettings = (): Resolved => current;

/** Lays these over what was said before, and lets all elements ask anew. `getToken: null` means: nobody is signed in. */
export function changePageSettings({ tokenUrl, getToken, ...rest }: PageSettings): void {
  current = { ...current, ...rest, getToken: sourceOf(tokenUrl, getToken) ?? current.getToken };
  for (const listener of [...listeners]) listener();
}

function sourceOf(tokenUrl: string | undefined, getToken: GetToken | null | undefined): GetToken | undefined {
  if (getToken === null) return async () => null;
  if (getToken !== undefined) return getToken;
  return tokenUrl === undefined ? undefined : tokenFrom(new URL(tokenUrl, document.baseURI).href);
}

/** Calls back after a change. Returns how to stop. */
export function onPageSettings(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
