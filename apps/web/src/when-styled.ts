/** A stylesheet that does not come holds nothing up any longer than this, in ms. */
const LONGEST_MS = 4_000;

/**
 * Calls when the page's stylesheet is there. With a first picture it stands in the body, where it does not hold up that picture, nor,
 * in Safari, a script.
 */
export function whenStyled(start: () => void): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="stylesheet"]');
  if (link === null || link.sheet !== null) {
    start();
    return;
  }
  const end = new AbortController();
  const startOnce = () => {
    end.abort();
    clearTimeout(timer);
    start();
  };
  const timer = setTimeout(startOnce, LONGEST_MS);
  for (const event of ["load", "error"]) link.addEventListener(event, startOnce, { signal: end.signal });
}
