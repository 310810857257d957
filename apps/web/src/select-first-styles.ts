import postcss from "postcss";

/** What nothing can be in a picture that takes no part (`inert`), or outside of a shadow tree. */
const NEVER = /:(?:hover|active|focus|focus-visible|focus-within|popover-open|modal|host)(?![\w-])/;
/** An innermost pair of parentheses of a selector, with its pseudo-class. */
const GROUP = /:([\w-]+)\(([^()]*)\)/;
/** A class that no page has. */
const NONE = ".\u0000";

/**
 * For the build: of a compiled stylesheet the rules that may hold where only those classes stand; `part-` stands for all that begin so.
 * Everything that is not about a class stays as it is: tokens, fonts, what is asked of the medium, and the order of the layers.
 */
export function selectFirstStyles(css: string, classes: ReadonlySet<string>): string {
  const sheet = postcss.parse(css);
  const beginnings = [...classes].filter((name) => name.endsWith("-"));
  const isUsed = (name: string) => classes.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
  sheet.walkRules((rule) => {
    if (rule.parent?.type === "atrule" && (rule.parent as postcss.AtRule).name.endsWith("keyframes")) return;
    const kept = rule.selectors.filter((selector) => mayHold(selector, isUsed));
    if (kept.length === 0) rule.remove();
    else if (kept.length < rule.selectors.length) rule.selectors = kept;
  });
  sheet.walkAtRules((rule) => removeEmpty(rule));
  return sheet.toString();
}

/**
 * Classes that the text of a module or a page could put on an element, and much else. What has no hyphen may also be a word of the
 * language: it counts where it is the first of a text.
 */
export const wordsIn = (text: string): string[] => text.match(/[a-z]\w*-[\w-]*|(?<=["'`])[a-z]\w*/gi) ?? [];

function mayHold(selector: string, isUsed: (name: string) => boolean): boolean {
  let rest = selector;
  for (let group = GROUP.exec(rest); group !== null; group = GROUP.exec(rest)) {
    const [whole, name = "", inner = ""] = group;
    rest = rest.replace(whole, () => (needsOneOf(name) && !anyMayHold(inner, isUsed) ? NONE : ""));
  }
  const names = [...rest.matchAll(/\.([^\s.:>+~[\],*]+)/g)].map(([, name = ""]) => name);
  return !NEVER.test(rest) && names.every(isUsed);
}

const needsOneOf = (pseudoClass: string): boolean => ["is", "where", "has"].includes(pseudoClass);

const anyMayHold = (selectors: string, isUsed: (name: string) => boolean): boolean =>
  postcss.list.comma(selectors).some((selector) => mayHold(selector, isUsed));

/** A layer's name alone stays: it says which comes first. */
function removeEmpty(rule: postcss.AtRule): void {
  if (rule.nodes?.length !== 0 || rule.name === "layer") return;
  const { parent } = rule;
  rule.remove();
  if (parent?.type === "atrule") removeEmpty(parent);
}
