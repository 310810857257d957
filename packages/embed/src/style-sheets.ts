import host from "./host.css?inline";
import { withBase } from "./with-base.ts";

interface Sheet {
  readonly rank: number;
  readonly sheet: CSSStyleSheet;
}

let sheets: readonly Sheet[] = [];
const roots = new Set<ShadowRoot>();

/** Gives a shadow root the styles that are here, and those that come later. */
export function adoptStyles(root: ShadowRoot): void {
  roots.add(root);
  show(root);
}

/** Its element has left the page. */
export function forgetStyles(root: ShadowRoot): void {
  roots.delete(root);
}

/**
 * Styles of the kit for all elements of the page, parsed once; no policy of a page counts them as inline. Every file with a part of
 * the kit brings its own, see vite.config.ts.
 * @param rank their place among all styles, whenever they come
 * @public called by what vite.config.ts writes
 */
export function addStyles(rank: number, layer: string, text: string): void {
  if (sheets.length === 0) put(-1, firstStyles());
  put(rank, `@layer ${layer}{${withBase(text, readersSize())}}`);
  for (const root of roots) show(root);
}

function put(rank: number, text: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  sheets = [...sheets, { rank, sheet }].sort((a, b) => a.rank - b.rank);
}

/** The order of the layers, the base of all sizes, and how an element stands in its page. */
function firstStyles(): string {
  const base = `:host{--parley-base:${readersSize()}px}`;
  return `@layer parley.base,parley.components,parley.overrides;@layer parley.base{${base}${withBase(host, readersSize())}}`;
}

function show(root: ShadowRoot): void {
  root.adoptedStyleSheets = sheets.map(({ sheet }) => sheet);
}

let size: number | null = null;

/** The size of text that the reader has set in the browser, in px, whatever the page has made of it. */
function readersSize(): number {
  if (size !== null) return size;
  const probe = document.createElement("span");
  // By a property: a strict policy of the page allows this, not the attribute. With a family: medium is less in monospace.
  probe.style.setProperty("font", "medium serif", "important");
  document.documentElement.append(probe);
  size = Number.parseFloat(getComputedStyle(probe).fontSize) || 16;
  probe.remove();
  return size;
}
