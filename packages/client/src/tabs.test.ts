import { afterEach, describe, expect, it, vi } from "vitest";
import { openTabs } from "./tabs.ts";
import { loneTab } from "./tabs-alone.ts";

afterEach(() => vi.unstubAllGlobals());

/** Web Locks as far as they are used here. */
function fakeLocks() {
  let turn: Promise<unknown> = Promise.resolve();
  return {
    request: (_name: string, { signal }: { signal: AbortSignal }, task: () => Promise<void>) => {
      const before = turn.catch(() => undefined);
      const mine = new Promise<void>((resolve, reject) => {
        signal.addEventListener("abort", () => reject(new Error("aborted")));
        before.then(() => (signal.aborted ? undefined : task().then(resolve, reject)), reject);
      });
      turn = before.then(() => (signal.aborted ? undefined : mine.catch(() => undefined)));
      return mine;
    },
  };
}

describe("openTabs", () => {
  it("works alone outside of a page", async () => {
    const tabs = loneTab();
    let ran = false;
    await tabs.alone(async () => {
      ran = true;
    });
    tabs.tell("nobody");
    tabs.close();
    expect(ran).toBe(true);
  });

  it("works alone in a page without Web Locks and BroadcastChannel", async () => {
    vi.stubGlobal("navigator", {});
    vi.stubGlobal("BroadcastChannel", undefined);
    const tabs = openTabs("plain", () => undefined);
    tabs.tell("nobody");
    await expect(tabs.alone(async () => undefined)).resolves.toBeUndefined();
    tabs.close();
  });

  it("works where locks and channels are forbidden", async () => {
    const forbidden = () => new DOMException("Forbidden.", "SecurityError");
    vi.stubGlobal("navigator", { locks: { request: () => Promise.reject(forbidden()) } });
    vi.stubGlobal("BroadcastChannel", function forbiddenChannel() {
      throw forbidden();
    });
    const tabs = openTabs("sandbox", () => undefined);
    let runs = 0;
    await tabs.alone(async () => void (runs += 1));
    expect(runs).toBe(1);
    const failing = tabs.alone(() => Promise.reject(new Error("inside")));
    await expect(failing).rejects.toThrow("inside");
    tabs.tell("nobody");
    tabs.close();
  });

  it("tells the other tabs of the same scope, never itself", async () => {
    const heard: string[] = [];
    const listen = (who: string) => (news: unknown) => heard.push(`${who}: ${String(news)}`);
    const first = openTabs("shared", listen("first"));
    const second = openTabs("shared", listen("second"));
    const stranger = openTabs("other", listen("stranger"));
    first.tell("hello");
    await vi.waitFor(() => expect(heard).toEqual(["second: hello"]));
    for (const tabs of [first, second, stranger]) tabs.close();
  });

  it("lets one tab work at a time, and takes a waiting request back on closing", async () => {
    vi.stubGlobal("navigator", { locks: fakeLocks() });
    const first = openTabs("locked", () => undefined);
    const second = openTabs("locked", () => undefined);
    const steps: string[] = [];
    let finish = () => {};
    const long = first.alone(async () => {
      steps.push("first begins");
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      steps.push("first ends");
    });
    const waits = second.alone(async () => void steps.push("second"));
    await vi.waitFor(() => expect(steps).toEqual(["first begins"]));
    second.close();
    await expect(waits).resolves.toBeUndefined();
    finish();
    await long;
    expect(steps).toEqual(["first begins", "first ends"]);
    const failing = first.alone(() => Promise.reject(new Error("inside")));
    await expect(failing).rejects.toThrow("inside");
    first.close();
  });
});
