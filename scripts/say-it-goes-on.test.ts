import { expect, it } from "vitest";
import { sayItGoesOn } from "./say-it-goes-on.mjs";

it("says what is done, that it goes on as long as it does, and no more after it", async () => {
  const said: string[] = [];
  let goOn = () => {};
  const heard = new Promise<void>((resolve) => (goOn = resolve));
  const say = (line: string) => {
    said.push(line);
    if (said.length === 3) goOn();
  };
  expect(await sayItGoesOn("Building", () => heard.then(() => 7), { everyMs: 5, say })).toBe(7);
  const before = said.length;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(said.length).toBe(before);
  expect(said.slice(0, 2)).toEqual(["Building …", "  still at it, for 0 s now"]);
  await expect(sayItGoesOn("Building", () => Promise.reject(new Error("broken")), { everyMs: 5, say })).rejects.toThrow(
    "broken",
  );
});
