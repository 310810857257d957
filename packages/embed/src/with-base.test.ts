import { expect, it } from "vitest";
import { withBase } from "./with-base.ts";

it("lets sizes count from the base, also in sums, and with a sign", () => {
  expect(withBase(".a{margin:-.25rem 1rem;inline-size:calc(100% - 1.5rem)}", 20)).toBe(
    `.a{margin:calc(var(--parley-base)*-.25) calc(var(--parley-base)*1);inline-size:calc(100% - calc(var(--parley-base)*1.5))}`,
  );
});

it("leaves conditions of media alone, and puts pixels into those of containers", () => {
  expect(withBase("@media (width < 30rem){.a{gap:1rem}}@container inbox (inline-size >= 42rem){}", 20)).toBe(
    `@media (width < 30rem){.a{gap:calc(var(--parley-base)*1)}}@container inbox (inline-size >= 840px){}`,
  );
});

it("writes out what was shortened while building", () => {
  const short = ".-row{$ink:#111;color:$ink;margin:-.25px $space-half 0}.-row .-send{color:var(--parley-own,red)}";
  const long = ".parley-row{--parley-ink:#111;color:var(--parley-ink);margin:-.25px var(--parley-space-half) 0}";
  expect(withBase(short, 20)).toBe(`${long}.parley-row .parley-send{color:var(--parley-own,red)}`);
});
