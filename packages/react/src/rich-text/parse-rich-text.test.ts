import { describe, expect, it } from "vitest";
import type { Inline } from "./parse-inline.ts";
import { type Block, parseRichText } from "./parse-rich-text.ts";
import { plainText } from "./plain-text.ts";

/** Tags as one would write them in HTML, for short expectations. */
const tag = { bold: "b", italic: "i", strike: "s", code: "code", link: "a", mention: "m" } as const;
const show = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) => {
      if (inline.kind === "text") return inline.text;
      const name = tag[inline.kind];
      return `<${name}>${"text" in inline ? inline.text : show(inline.children)}</${name}>`;
    })
    .join("");
const line = (content: string, people: { id: string; name: string }[] = []) => {
  const [block, ...more] = parseRichText(content, people);
  if (block?.kind !== "paragraph" || more.length > 0) throw new Error(`Not one paragraph: ${content}`);
  return show(block.children);
};
const showBlock = (block: Block) => {
  if (block.kind === "code") return `code: ${block.text}`;
  if (block.kind === "list") return `${block.start ?? "list"}: ${block.items.map(show).join(" | ")}`;
  return `${block.kind}: ${show(block.children)}`;
};
const blocks = (content: string) => parseRichText(content).map(showBlock);

describe("emphasis", () => {
  it("reads bold, italic, strike and code, also inside of each other", () => {
    expect(line("**bold** and *italic*, _too_, ~~gone~~, `a * b`.")).toBe(
      "<b>bold</b> and <i>italic</i>, <i>too</i>, <s>gone</s>, <code>a * b</code>.",
    );
    expect(line("***both*** **bold *and italic* here**")).toBe("<b><i>both</i></b> <b>bold <i>and italic</i> here</b>");
    expect(line("*across\ntwo lines*")).toBe("<i>across\ntwo lines</i>");
    expect(line("這是**粗體**文字")).toBe("這是<b>粗體</b>文字");
  });

  it("leaves signs alone that mean themselves", () => {
    for (const text of [
      "2 * 3 * 4",
      "5*3*2",
      "snake_case_name",
      "__init__x",
      "a ** b",
      "~5 to ~6",
      "****",
      "¯\\_(ツ)_/¯",
    ])
      expect(line(text), text).toBe(text);
    expect(line("**open, and *never closed")).toBe("**open, and *never closed");
    expect(line("**wins *over** this*")).toBe("<b>wins *over</b> this*");
  });

  it("reads nothing inside of code and addresses", () => {
    expect(line("`**x**` and ``a ` b``")).toBe("<code>**x**</code> and <code>a ` b</code>");
    expect(line("https://x.example/a_b_c*d* *x*")).toBe("<a>https://x.example/a_b_c*d</a>* <i>x</i>");
    expect(line("**https://x.example/** ~~https://y.example~~")).toBe(
      "<b><a>https://x.example/</a></b> <s><a>https://y.example</a></s>",
    );
  });
});

describe("blocks", () => {
  it("reads code, quotes and lists between lines of text", () => {
    expect(blocks("Look:\n```js\nif (a) {\n\n  *b*\n}\n```\nSo.")).toEqual([
      "paragraph: Look:",
      "code: if (a) {\n\n  *b*\n}",
      "paragraph: So.",
    ]);
    expect(blocks("> Shall we?\n> **Now**\n\nYes")).toEqual(["quote: Shall we?\n<b>Now</b>", "paragraph: Yes"]);
    expect(blocks("- one\n* *two*\n3. three\n4. four\n7. seven")).toEqual([
      "list: one | <i>two</i>",
      "3: three | four",
      "paragraph: 7. seven",
    ]);
  });

  it("keeps line breaks and empty lines of a plain text as they are", () => {
    const text = "One\n\n  two\nthree";
    expect(parseRichText(text)).toEqual([{ kind: "paragraph", children: [{ kind: "text", text }] }]);
    expect(line("One\n\n*two*")).toBe("One\n\n<i>two</i>");
  });

  it("takes no date, dash or open fence for a block", () => {
    for (const text of ["21. November", "-5 degrees", "```\nnever closed", "a > b", "3.5 kg"])
      expect(blocks(text)).toEqual([`paragraph: ${text}`]);
  });
});

describe("mentions", () => {
  const people = [
    { id: "ana", name: "Ana" },
    { id: "anna", name: "Ana Weber" },
  ];
  it("finds only those who are mentioned, by the longest name", () => {
    expect(line("@Ana Weber, @Ana! @Anatol @Ben", people)).toBe("<m>@Ana Weber</m>, <m>@Ana</m>! @Anatol @Ben");
    expect(line("**@Ana**", people)).toBe("<b><m>@Ana</m></b>");
    expect(line("@Ana")).toBe("@Ana");
  });
});

describe("hostile text", () => {
  const bombs = [
    "*",
    "**",
    "_",
    "~~",
    "***",
    "`",
    "``a`",
    "> ",
    "- ",
    "1. a\n",
    "```\n",
    "*a ",
    "a* ",
    "**a ",
    "_*~~",
    "@",
    "\u202e*",
    "http://*",
    "[](",
    "```a\n",
    "> > ",
  ];
  it("is read in time that grows with its length only", () => {
    // Far longer than a message may be: what takes 30 ms here would take a minute if it grew with the square.
    for (const bomb of bombs) {
      const content = bomb.repeat(200_000 / bomb.length);
      const before = process.cpuUsage();
      parseRichText(content, [{ id: "a", name: "@@@" }]);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1_000, bomb).toBeLessThan(3_000);
    }
  });

  it("never nests deeper than there are kinds of emphasis", () => {
    const depth = (inlines: readonly Inline[]): number =>
      Math.max(0, ...inlines.map((inline) => ("children" in inline ? 1 + depth(inline.children) : 0)));
    const content = "**_~~__*".repeat(500) + "x" + "*__~~_**".repeat(500);
    const [block] = parseRichText(content);
    expect(block !== undefined && "children" in block ? depth(block.children) : 99).toBeLessThanOrEqual(5);
  });

  it("makes links of nothing but http, https and mail, and elements of nothing", () => {
    const content = "[x](javascript:alert(1)) <b>x</b> javascript:alert(1) data:text/html,x <https://x.example>";
    expect(line(content)).toBe(content.replace("https://x.example", "<a>https://x.example</a>"));
  });
});

it("gives the text without its signs for one line", () => {
  expect(plainText("**Hi** you,\n\n- one\n- `two`\n> three")).toBe("Hi you, one · two three");
});
