import { expect, it, vi } from "vitest";
import { createPart } from "./part.ts";

const Shown = () => null;

it("is fetched once, and tells when it has come", async () => {
  const fetchComponent = vi.fn<() => Promise<typeof Shown>>(async () => Shown);
  const part = createPart(fetchComponent);
  const heard = vi.fn<() => void>();
  const forget = part.subscribe(heard);
  expect(part.get()).toBeNull();
  await Promise.all([part.load(), part.load()]);
  await part.load();
  expect(fetchComponent).toHaveBeenCalledTimes(1);
  expect(part.get()).toBe(Shown);
  expect(heard).toHaveBeenCalledTimes(1);
  forget();
});

it("tries again after a failure", async () => {
  const fetchComponent = vi
    .fn<() => Promise<typeof Shown>>(async () => Shown)
    .mockRejectedValueOnce(new TypeError("gone"));
  const part = createPart(fetchComponent);
  await expect(part.load()).rejects.toThrow("gone");
  expect(part.get()).toBeNull();
  await part.load();
  expect(part.get()).toBe(Shown);
});
