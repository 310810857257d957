import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ChatError } from "./chat-error.ts";
import { realClock } from "./clock.ts";
import type { LiveSession, SessionHandlers } from "./live-session.ts";
import type * as PagePortsLater from "./page-ports-later.ts";
import { TokenSource } from "./token-source.ts";

const openSession = vi.fn<(...args: unknown[]) => LiveSession>();

/** Its code comes when the test lets it. */
let arrive: (error?: Error) => void;

let ports: typeof PagePortsLater;
beforeEach(async () => {
  vi.resetModules();
  openSession.mockReset();
  const coming = new Promise<void>((resolve, reject) => {
    arrive = (error) => (error === undefined ? resolve() : reject(error));
  });
  vi.doMock("./page-ports.ts", async () => {
    await coming;
    return { pagePorts: { openSession } };
  });
  ports = await import("./page-ports-later.ts");
});

function open(token: Promise<string | null> = Promise.resolve(null)) {
  const failures: ChatError[] = [];
  const handlers: SessionHandlers = {
    opened: () => {},
    failed: (error) => failures.push(error),
    ended: () => {},
    event: () => {},
  };
  const needs = { url: "http://page.example", clock: realClock, tokens: new TokenSource(async () => "") };
  return { session: ports.openSessionLater(needs, token, handlers), failures };
}

const liveSession = (): LiveSession => ({
  isOpen: true,
  request: vi.fn<() => Promise<never>>(() => Promise.reject(new Error("Asked of the one that is open."))),
  close: vi.fn<() => void>(),
});

describe("a session whose code comes later", () => {
  it("refuses requests until it is there, and then passes everything on", async () => {
    const live = liveSession();
    openSession.mockReturnValue(live);
    const { session } = open();
    expect(session.isOpen).toBe(false);
    await expect(session.request("presence:set", { status: "away" })).rejects.toThrow("no connection");
    arrive();
    await expect.poll(() => session.isOpen).toBe(true);
    await expect(session.request("presence:set", { status: "away" })).rejects.toThrow("the one that is open");
    expect(live.request).toHaveBeenCalledExactlyOnceWith("presence:set", { status: "away" });
    session.close();
    expect(live.close).toHaveBeenCalledOnce();
  });

  it("is never opened when it was closed before", async () => {
    const { session, failures } = open();
    session.close();
    arrive();
    await ports.loadPagePorts();
    expect(openSession).not.toHaveBeenCalled();
    expect(failures).toEqual([]);
  });

  it("has failed when its code cannot be had, and another one asks for it again", async () => {
    const { failures } = open();
    arrive(new Error("The network is gone."));
    await expect.poll(() => failures).toHaveLength(1);
    openSession.mockReturnValue(liveSession());
    vi.doMock("./page-ports.ts", () => ({ pagePorts: { openSession } }));
    const next = open();
    await expect.poll(() => next.session.isOpen).toBe(true);
    expect(next.failures).toEqual([]);
  });

  it("leaves a token that cannot be had to whoever takes it", async () => {
    openSession.mockReturnValue(liveSession());
    const token = Promise.reject<string | null>(new Error("Signed out."));
    const { session } = open(token);
    arrive();
    await expect.poll(() => session.isOpen).toBe(true);
    expect(openSession.mock.calls[0]?.[1]).toBe(token);
  });
});
