import { afterEach, expect, it, vi } from "vitest";
import { createPart, loadBeforeParts } from "./part.ts";

const Shown = () => null;
afterEach(() => loadBeforeParts(async () => {}));

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

it("waits for what is loaded beforehand", async () => {
  let come: () => void = () => {};
  loadBeforeParts(() => new Promise<void>((resolve) => (come = resolve)));
  const part = createPart(async () => Shown);
  const loading = part.load();
  await Promise.resolve();
  expect(part.get()).toBeNull();
  come();
  await loading;
  expect(part.get()).toBe(Shown);
});
