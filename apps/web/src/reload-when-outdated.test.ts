import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { reloadWhenOutdated } from "./reload-when-outdated.ts";

const reload = vi.fn<() => void>();
const page = new EventTarget();
let named = "";

beforeAll(() => {
  vi.stubGlobal("window", page);
  reloadWhenOutdated();
});
beforeEach(() => {
  const items = new Map<string, string>();
  named = "/assets/index-1.js";
  vi.stubGlobal("location", { reload });
  vi.stubGlobal("document", { querySelector: () => ({ src: "https://parley.example/assets/index-1.js" }) });
  vi.stubGlobal("fetch", async () => new Response(`<script type="module" src="${named}"></script>`));
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  reload.mockClear();
});

/** How often the page was loaded anew after a part could not be had. */
async function reloadsAfterFailure(): Promise<number> {
  page.dispatchEvent(new Event("vite:preloadError"));
  await new Promise((resolve) => setTimeout(resolve, 10));
  return reload.mock.calls.length;
}

it("loads the page anew when the server has another version", async () => {
  named = "/assets/index-2.js";
  expect(await reloadsAfterFailure()).toBe(1);
});

it("does so once, not in a circle", async () => {
  named = "/assets/index-2.js";
  await reloadsAfterFailure();
  expect(await reloadsAfterFailure()).toBe(1);
});

it("stays when it is the network, or the version is the same", async () => {
  expect(await reloadsAfterFailure()).toBe(0);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
  expect(await reloadsAfterFailure()).toBe(0);
});

it("stays where it could not remember that it has reloaded", async () => {
  named = "/assets/index-2.js";
  vi.stubGlobal("sessionStorage", undefined);
  expect(await reloadsAfterFailure()).toBe(0);
});
