import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { demoTokens, findSession, signInAs, signOut } from "./session.ts";

const HOUR = 3_600_000;
let signIns = 0;

/** The demo's sign-in; everything else is refused. */
async function answer(path: string, init?: RequestInit): Promise<Response> {
  if (path !== "/api/demo/sign-in") return new Response("{}", { status: 401 });
  signIns += 1;
  const { userId } = JSON.parse(init?.body as string) as { userId: string };
  const expiresAt = new Date(Date.now() + HOUR).toISOString();
  return Response.json({ token: `${userId}-${signIns}`, user: { id: userId }, expiresAt });
}

beforeEach(() => {
  signIns = 0;
  const items = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  });
  vi.stubGlobal("fetch", answer);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("remembers the demo person of this tab, until they leave", async () => {
  expect(await findSession()).toBeNull();
  await signInAs("ana");
  expect(await findSession()).toEqual({ kind: "demo", userId: "ana" });
  signOut();
  expect(await findSession()).toBeNull();
});

it("ends the session at the server when they leave, and lets no open connection sign in again", async () => {
  const ended: unknown[] = [];
  vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
    if (init?.method !== "DELETE") return answer(path, init);
    ended.push([path, init.headers]);
    return Response.json({});
  });
  await signInAs("ana");
  const token = demoTokens("ana");
  signOut();
  signOut();
  expect(ended).toEqual([["/api/session", { authorization: "Bearer ana-1" }]]);
  await expect(token()).rejects.toThrow("Signed out.");
  expect(await findSession()).toBeNull();
  await signInAs("ben");
  expect(await demoTokens("ben")()).toBe("ben-2");
});

it("uses the token at hand once, then gets a new one for the same person", async () => {
  await signInAs("ana");
  const token = demoTokens("ana");
  expect(await token()).toBe("ana-1");
  expect(await token()).toBe("ana-2");
});

it("does not hand out a token that is about to expire, nor another person's", async () => {
  vi.useFakeTimers();
  await signInAs("ana");
  vi.advanceTimersByTime(HOUR - 10_000);
  expect(await demoTokens("ana")()).toBe("ana-2");
  expect(await demoTokens("ben")()).toBe("ben-3");
});

it("asks for no session where the page came without a cookie, but after a while it does", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    return new Response("{}", { status: 401 });
  });
  let now = 500;
  const getEntriesByType = () => [{ serverTiming: [{ name: "stranger" }] }];
  vi.stubGlobal("performance", { now: () => now, getEntriesByType });
  expect(await findSession()).toBeNull();
  expect(asked).toEqual([]);
  now = 60_001;
  expect(await findSession()).toBeNull();
  expect(asked).toEqual(["/api/session"]);
});

it("takes the host's cookie when there is one", async () => {
  vi.stubGlobal("fetch", async () => Response.json({ user: {}, expiresAt: "", demo: false }));
  expect(await findSession()).toEqual({ kind: "host" });
});

it("is not shaken by what stands in the storage", async () => {
  for (const value of ["", "null", "{", "[]", '{"userId":1}']) {
    sessionStorage.setItem("parley:demo", value);
    await expect(demoTokens("ana")()).resolves.toMatch(/^ana-/);
  }
});
