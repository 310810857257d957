import kit from "@parley/react/styles.css?inline";
import host from "./host.css?inline";

let shared: CSSStyleSheet | null = null;

/** The kit's styles, parsed once for all elements of the page. No policy of a page counts it as inline. */
export function styleSheet(): CSSStyleSheet {
  if (shared === null) {
    shared = new CSSStyleSheet();
    shared.replaceSync(kit + host);
  }
  return shared;
}
