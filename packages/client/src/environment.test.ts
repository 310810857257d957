import { afterEach, describe, expect, it, vi } from "vitest";
import { pageEnvironment } from "./environment.ts";

afterEach(() => vi.unstubAllGlobals());

describe("pageEnvironment", () => {
  it("outside of a page is always visible and never returns", () => {
    expect(pageEnvironment.isVisible()).toBe(true);
    expect(() => pageEnvironment.onReturn(() => undefined)()).not.toThrow();
  });

  it("calls back when the network returns and when the page is looked at, until it is stopped", () => {
    const page = Object.assign(new EventTarget(), { visibilityState: "hidden" });
    const network = new EventTarget();
    vi.stubGlobal("document", page);
    vi.stubGlobal("window", network);
    let returns = 0;
    const stop = pageEnvironment.onReturn(() => (returns += 1));
    page.dispatchEvent(new Event("visibilitychange"));
    expect([returns, pageEnvironment.isVisible()]).toEqual([0, false]);
    page.visibilityState = "visible";
    page.dispatchEvent(new Event("visibilitychange"));
    network.dispatchEvent(new Event("online"));
    expect([returns, pageEnvironment.isVisible()]).toEqual([2, true]);
    stop();
    page.dispatchEvent(new Event("visibilitychange"));
    network.dispatchEvent(new Event("online"));
    expect(returns).toBe(2);
  });
});
