import { describe, expect, it } from "vitest";
import { presentUser } from "./present-user.ts";

const nameOf = (id: string, name: string | null = null) => presentUser({ id, name, picture: null, role: null }).name;

describe("presentUser", () => {
  it("shows the name that was given", () => {
    expect(nameOf("ana", "Ana Weber")).toBe("Ana Weber");
    expect(nameOf("ana.weber", "")).toBe("Ana Weber");
    expect(nameOf("ana.weber", " ")).toBe("Ana Weber");
    expect(nameOf("ana.weber", "\u200B")).toBe("Ana Weber");
  });

  it("takes nothing from a name but what turns letters around", () => {
    expect(nameOf("ben", "\u202Eana")).toBe("ana");
    expect(nameOf("ben", "\u2067\u2069")).toBe("Ben");
    expect(nameOf("noa", "נועה\u200F")).toBe("נועה\u200F");
  });

  it.each([
    ["ana", "Ana"],
    ["anna.huber", "Anna Huber"],
    ["öykü_yılmaz", "Öykü Yılmaz"],
    ["42", "Guest 42"],
    ["usr_01H8XGJWBWBAQ4", "Guest BAQ4"],
    ["0193a4c2-77f2-7000-8000-3f2a9c1b2d4e", "Guest 2d4e"],
    ["a", "Guest a"],
    ["😀", "Guest"],
    ["x".repeat(128), "Guest xxxx"],
  ])("makes of the id %s the name %s", (id, name) => {
    expect(nameOf(id)).toBe(name);
  });
});
