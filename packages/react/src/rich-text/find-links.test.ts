import { describe, expect, it } from "vitest";
import { findLinks } from "./find-links.ts";

const links = (content: string) => findLinks(content).flatMap((part) => (part.kind === "link" ? [part.text] : []));

describe("findLinks", () => {
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
        findLinks(content)
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
    for (const tail of [")", "().", "(", "http://a)", "a@", "a.", "a@b."]) {
      const content = `http://a${tail.repeat(19_990 / tail.length)}`;
      const begin = performance.now();
      findLinks(content);
      expect(performance.now() - begin, tail).toBeLessThan(200);
    }
  });

  it("takes nothing for an address that is longer than addresses are", () => {
    const longest = `https://x.example/${"a".repeat(2_048 - 18)}`;
    expect(links(longest)).toEqual([longest]);
    expect(links(`${longest}a`)).toEqual([]);
    expect(findLinks(`${longest}a`)).toEqual([{ kind: "text", text: `${longest}a` }]);
  });

  it("makes links of http and https only", () => {
    expect(links("javascript:alert(1) data:text/html,x file:///etc ftp://x.example")).toEqual([]);
    expect(links("javascript://https:alert(1)")).toEqual([]);
    expect(findLinks("HTTPS://X.example/A")[0]).toMatchObject({ kind: "link", href: "https://x.example/A" });
  });

  it("leaves an address as text that has a name or a password before its host", () => {
    for (const content of [
      "https://bank.example@thief.example/",
      "http://:x@y.example",
      "https://a:b@y.example/c",
      "https:///a@b.example",
    ]) {
      expect(findLinks(content)).toEqual([{ kind: "text", text: content }]);
    }
    expect(links("https://x.example/@ana?to=b@y.example")).toEqual(["https://x.example/@ana?to=b@y.example"]);
  });

  it("makes links of mail addresses", () => {
    expect(links("Write to ana.weber+x@mail.example.com, or b@localhost.")).toEqual(["ana.weber+x@mail.example.com"]);
    expect(findLinks("a@b.example")[0]).toMatchObject({ kind: "link", href: "mailto:a@b.example" });
    expect(findLinks("https@b.example")[0]).toMatchObject({ kind: "link", href: "mailto:https@b.example" });
  });

  it("ends an address where the direction of the text would be turned", () => {
    expect(links("https://x.example/\u202Egpj.exe")).toEqual(["https://x.example/"]);
    expect(links("https://x.example/a\u2066b")).toEqual(["https://x.example/a"]);
  });

  it("ends an address at quotes and angle brackets, so that nothing reads as markup", () => {
    expect(links('https://x.example/"onmouseover="alert(1)')).toEqual(["https://x.example/"]);
    expect(links("https://x.example/<script>")).toEqual(["https://x.example/"]);
  });
});
