import { describe, expect, it } from "vitest";
import { isEmojiOnly, parseText } from "./parse-text.ts";

const links = (content: string) => parseText(content).flatMap((part) => (part.kind === "link" ? [part.text] : []));

describe("parseText", () => {
  it("never loses a character", () => {
    for (const content of [
      "",
      "plain",
      "a https://x.example/ b",
      "(https://x.example/a(b)).",
      "https://",
      "http://[",
      "<b>x</b>",
    ]) {
      expect(
        parseText(content)
          .map((part) => part.text)
          .join(""),
      ).toBe(content);
    }
  });

  it("leaves punctuation of the sentence outside of the address", () => {
    expect(links("See https://x.example/path.")).toEqual(["https://x.example/path"]);
    expect(links("(https://x.example/path)")).toEqual(["https://x.example/path"]);
    expect(links("„https://x.example/a“, or https://y.example?")).toEqual(["https://x.example/a", "https://y.example"]);
  });

  it("keeps brackets that belong to the address", () => {
    expect(links("https://x.example/a_(b)")).toEqual(["https://x.example/a_(b)"]);
  });

  it("keeps of several closing brackets only those that were opened", () => {
    expect(links("(https://x.example/a_(b))).")).toEqual(["https://x.example/a_(b)"]);
    expect(links("https://x.example/((a)")).toEqual(["https://x.example/((a)"]);
  });

  it("is through with the longest hostile text at once", () => {
    for (const tail of [")", "().", "(", "http://a)"]) {
      const content = `http://a${tail.repeat(19_990 / tail.length)}`;
      const begin = performance.now();
      parseText(content);
      expect(performance.now() - begin, tail).toBeLessThan(200);
    }
  });

  it("takes nothing for an address that is longer than addresses are", () => {
    const longest = `https://x.example/${"a".repeat(2_048 - 18)}`;
    expect(links(longest)).toEqual([longest]);
    expect(links(`${longest}a`)).toEqual([]);
    expect(parseText(`${longest}a`)).toEqual([{ kind: "text", text: `${longest}a` }]);
  });

  it("makes links of http and https only", () => {
    expect(links("javascript:alert(1) data:text/html,x file:///etc ftp://x.example mailto:a@b.example")).toEqual([]);
    expect(links("javascript://https:alert(1)")).toEqual([]);
    expect(parseText("HTTPS://X.example/A")[0]).toMatchObject({ kind: "link", href: "https://x.example/A" });
  });

  it("ends an address at quotes and angle brackets, so that nothing reads as markup", () => {
    expect(links('https://x.example/"onmouseover="alert(1)')).toEqual(["https://x.example/"]);
    expect(links("https://x.example/<script>")).toEqual(["https://x.example/"]);
  });
});

describe("isEmojiOnly", () => {
  it("knows one to three emoji, whatever they are made of", () => {
    for (const content of ["🎉", "👍🏽", "👩‍👩‍👧‍👦", "🇨🇭🇩🇪", "❤️", "1️⃣", " 🎉 🎉 "]) {
      expect(isEmojiOnly(content), content).toBe(true);
    }
  });

  it("is false for text, digits and many emoji", () => {
    for (const content of ["", "a🎉", "12", "#", "©", "🎉🎉🎉🎉"]) expect(isEmojiOnly(content), content).toBe(false);
  });
});
