import { describe, expect, it } from "vitest";
import { selectFirstStyles, wordsIn } from "./select-first-styles.ts";

const select = (css: string, ...classes: string[]) => selectFirstStyles(css, new Set(classes));

describe("the rules of a first picture", () => {
  it("are those whose classes may stand there", () => {
    expect(select(".a{top:0}.b{top:1px}.a .b,.a>.c{top:2px}", "a", "c")).toBe(".a{top:0}.a>.c{top:2px}");
    expect(select(".a.b{top:0}.a[data-b=true]::before{top:1px}", "a")).toBe(".a[data-b=true]::before{top:1px}");
    expect(select(".part-a{top:0}.part{top:1px}", "part")).toBe(".part{top:1px}");
    expect(select(".part-a{top:0}.part{top:1px}", "part-")).toBe(".part-a{top:0}");
  });

  it("need one of those that stand in :is(), :where() and :has(), and none of those in :not()", () => {
    const css = ":is(.a,.b):empty{top:0}:where(.b) i{top:1px}.a:has(>.b){top:2px}.a:not(.b,:hover){top:3px}";
    expect(select(css, "a")).toBe(":is(.a,.b):empty{top:0}.a:not(.b,:hover){top:3px}");
    expect(select(".a:not(:is(.b,.c)){top:0}.a:is(:not(.b) .d,.e){top:1px}.a:nth-child(2n+1){top:2px}", "a")).toBe(
      ".a:not(:is(.b,.c)){top:0}.a:nth-child(2n+1){top:2px}",
    );
  });

  it("leave out what nobody can do with a picture, and what is for other trees", () => {
    expect(select(".a:hover{top:0}.a:is(:focus-visible,:active){top:1px}:root,:host,i{top:2px}", "a")).toBe(
      ":root,i{top:2px}",
    );
  });

  it("keep tokens, fonts, motion and what is asked of the medium, in the layers' order", () => {
    const kept =
      "@layer x{:root{--a:1}[data-theme=dark]{--a:2}@media (prefers-contrast:more){:root{--a:3}}}@layer y;@layer z{@font-face{font-family:F}@keyframes k{0%{top:0}to{top:1px}}}";
    expect(select(kept)).toBe(kept);
    expect(select("@layer x{.a{top:0}}@layer y{@media print{@supports (top:0){.a{top:0}}}.b{top:0}}", "b")).toBe(
      "@layer x{}@layer y{.b{top:0}}",
    );
  });
});

describe("the words of a text", () => {
  it("are its classes among others", () => {
    const text =
      'switch (own) { case 1: className: `parley-row ${own ? "parley-own" : ""} parley-${size}`, "inbox", id: person }';
    expect(wordsIn(text)).toEqual(["parley-row", "parley-own", "parley-", "inbox"]);
  });
});
