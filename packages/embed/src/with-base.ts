/**
 * The kit's sizes count from the root of the page, which a host may have set to anything: here they count from `--parley-base`,
 * which is the reader's own size of text until the host sets it.
 * `$ink` is short for `var(--parley-ink)`, `$ink:` for `--parley-ink:` and `.-row` for `.parley-row`, see styles-with-parts.ts.
 * @param readersSize in px
 */
export function withBase(css: string, readersSize: number): string {
  const written = css
    .replaceAll(/\$([a-z][\w-]*)(:?)/g, (_, name: string, set: string) =>
      set ? `--parley-${name}:` : `var(--parley-${name})`,
    )
    .replaceAll(".-", ".parley-");
  return written.replaceAll(
    /(@(?:container|media)[^{]+)|(-?\d*\.?\d+)rem\b/g,
    (_, condition?: string, count?: string) =>
      condition === undefined ? `calc(var(--parley-base)*${count})` : conditionIn(condition, readersSize),
  );
}

/** Conditions know no variables. Those of media count from the reader's size by themselves. */
function conditionIn(condition: string, readersSize: number): string {
  if (condition.startsWith("@media")) return condition;
  return condition.replaceAll(/(\d*\.?\d+)rem\b/g, (_, count: string) => `${Number(count) * readersSize}px`);
}
