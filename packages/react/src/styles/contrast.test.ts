import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Text on its ground: 4.5 to 1 (WCAG 1.4.3). */
const texts: readonly (readonly [text: string, ground: string])[] = [
  ["text-color", "background"],
  ["text-color", "surface"],
  ["text-color", "surface-raised"],
  ["text-color", "surface-sunken"],
  ["text-color", "selected"],
  ["text-color", "hover"],
  ["text-color", "danger-soft"],
  ["text-muted", "background"],
  ["text-muted", "surface"],
  ["text-muted", "surface-raised"],
  ["text-muted", "surface-sunken"],
  ["text-muted", "selected"],
  ["text-muted", "hover"],
  ["text-muted", "danger-soft"],
  ["accent", "background"],
  ["accent", "surface"],
  ["accent", "surface-raised"],
  ["accent", "accent-soft"],
  ["accent", "selected"],
  ["accent", "hover"],
  ["on-accent", "accent"],
  ["danger", "background"],
  ["danger", "surface"],
  ["danger", "surface-raised"],
  ["danger", "danger-soft"],
  ["on-danger", "danger"],
  ["highlight-text", "highlight"],
  ["highlight-strong", "background"],
  ["badge-text", "badge-background"],
  ["surface", "badge-quiet"],
  ["bubble-text", "bubble-background"],
  ["bubble-meta", "bubble-background"],
  ["bubble-own-text", "bubble-own-background"],
  ["bubble-own-meta", "bubble-own-background"],
  ["bubble-own-read", "bubble-own-background"],
];

/** Parts that carry meaning, on what they stand on: 3 to 1 (WCAG 1.4.11). */
const parts: readonly (readonly [part: string, ground: string])[] = [
  ["border-strong", "background"],
  ["border-strong", "surface"],
  ["border-strong", "surface-raised"],
  ["focus", "background"],
  ["focus", "surface"],
  ["focus", "surface-raised"],
  ["focus", "selected"],
  ["highlight-strong", "background"],
  ["highlight-strong", "surface"],
  ["online", "surface"],
  ["online", "surface-raised"],
  ["away", "surface"],
];

const css = ["tokens.css", "theme.css"].map((name) => readFileSync(new URL(name, import.meta.url), "utf8")).join("\n");
const usual = declarations(css.replaceAll(/@media[^{]+\{(?:[^{}]*\{[^{}]*\})*\s*\}/g, ""));
const strong = new Map([...usual, ...declarations(/prefers-contrast: more\) \{([^}]+\})/.exec(css)?.[1] ?? "")]);

describe("the colours", () => {
  for (const theme of ["light", "dark"] as const) {
    it.each(texts)(`lets %s be read on %s, ${theme}`, (text, ground) => {
      expect(contrast(usual, text, ground, theme)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(strong, text, ground, theme)).toBeGreaterThanOrEqual(4.5);
    });
    it.each(parts)(`lets %s be seen on %s, ${theme}`, (part, ground) => {
      expect(contrast(usual, part, ground, theme)).toBeGreaterThanOrEqual(3);
      expect(contrast(strong, part, ground, theme)).toBeGreaterThanOrEqual(3);
    });
    it(`has no grey text for those who ask for more contrast, ${theme}`, () => {
      expect(contrast(strong, "text-muted", "background", theme)).toBeGreaterThanOrEqual(7);
      expect(contrast(strong, "border", "surface", theme)).toBeGreaterThanOrEqual(3);
    });
  }

  it("names a light and a dark form of every colour of the first tier", () => {
    const tokens = readFileSync(new URL("tokens.css", import.meta.url), "utf8");
    const alike = [...tokens.matchAll(/--parley-([\w-]+): (#\w+);/g)].map(([, name]) => name);
    // On the own bubble, which is dark in both.
    expect(alike).toEqual(["on-plum-deep", "on-plum-bright"]);
  });
});

/** name → value of every custom property; a later one wins. */
function declarations(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/--parley-([\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

function contrast(from: ReadonlyMap<string, string>, one: string, other: string, theme: "light" | "dark"): number {
  const [darker = 0, lighter = 0] = [one, other]
    .map((name) => luminance(resolve(from, `var(--parley-${name})`, theme)))
    .toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Follows var() and light-dark() down to a colour in hexadecimal. */
function resolve(from: ReadonlyMap<string, string>, value: string, theme: "light" | "dark"): string {
  const name = /^var\(--parley-([\w-]+)\)$/.exec(value)?.[1];
  if (name !== undefined) return resolve(from, from.get(name) ?? `nothing named ${name}`, theme);
  const forms = /^light-dark\((#\w{6}), (#\w{6})\)$/.exec(value);
  const color = (theme === "light" ? forms?.[1] : forms?.[2]) ?? value;
  if (!/^#[0-9a-f]{6}$/.test(color)) throw new Error(`${value} is no colour that can be measured.`);
  return color;
}

/** WCAG's relative luminance, 0 to 1. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
