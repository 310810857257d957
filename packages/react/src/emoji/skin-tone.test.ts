import { isEmoji } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { loadEmoji } from "./load-emoji.ts";
import { skinTones, withTone } from "./skin-tone.ts";

const [, light, , medium, , dark] = skinTones;
/** What Unicode recommends for interchange, as far as this Node knows it: other sequences show as several signs. */
const isRecommended = (sign: string) => new RegExp(String.raw`^\p{RGI_Emoji}$`, "v").test(sign);

describe("withTone", () => {
  it("colours hands and people, also where something follows them", () => {
    expect(withTone("👍", medium)).toBe("👍🏽");
    expect(withTone("✌️", dark)).toBe("✌🏿");
    expect(withTone("🏋️‍♀️", light)).toBe("🏋🏻‍♀️");
    expect(withTone("👩‍🚀", medium)).toBe("👩🏽‍🚀");
    expect(withTone("🧑‍🤝‍🧑", medium)).toBe("🧑🏽‍🤝‍🧑🏽");
    expect(withTone("🤝", medium)).toBe("🤝🏽");
  });

  it("leaves everything else as it is", () => {
    for (const sign of ["🚀", "❤️", "😀", "👪", "🇨🇭", "👨‍👩‍👧"]) expect(withTone(sign, medium), sign).toBe(sign);
    expect(withTone("👍", "")).toBe("👍");
  });

  it("makes of all that the picker shows only signs that are known everywhere, and that the server takes", async () => {
    const signs = (await loadEmoji("en")).flatMap(({ emoji }) => emoji.map(({ sign }) => sign));
    const toned = signs.map((sign) => withTone(sign, dark)).filter((sign, index) => sign !== signs[index]);
    expect(toned.length).toBeGreaterThan(300);
    expect(toned.filter((sign) => !isRecommended(sign))).toEqual([]);
    expect(toned.filter((sign) => !isEmoji(sign))).toEqual([]);
  });
});
