import { describe, expect, it } from "vitest";
import { readProfileClaims } from "./read-profile-claims.ts";

describe("readProfileClaims", () => {
  it("takes what a host says of a person", () => {
    const said = {
      name: "Ana",
      picture: "https://shop.example/a.png",
      email: "a@shop.example",
      locale: "de-CH",
      role: "buyer",
    };
    expect(readProfileClaims({ ...said, sub: "ana", admin: true })).toEqual(said);
  });

  it.each([
    ["leaves out what is no text", { name: 7, picture: {}, email: [], locale: null, role: false }, {}],
    ["leaves out what cannot be used", { picture: "javascript:alert(1)", email: "ana", role: "x".repeat(65) }, {}],
    ["leaves out what says nothing", { name: "  ", role: "", locale: "" }, {}],
    ["cuts a long name", { name: "x".repeat(500) }, { name: "x".repeat(120) }],
    ["never cuts through a character", { name: `${"x".repeat(119)}😀` }, { name: "x".repeat(119) }],
    ["takes control characters out of a name", { name: "\u0000 Ana\r\nWeber\u0007" }, { name: "Ana Weber" }],
  ])("%s", (_what, claims, profile) => {
    expect(readProfileClaims(claims)).toEqual(profile);
  });
});
