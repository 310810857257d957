import { ManualClock, problemOf } from "@parley/testkit";
import { describe, expect, it } from "vitest";
import { Http } from "./http.ts";
import { TokenSource } from "./token-source.ts";

interface Seen {
  readonly url: string;
  readonly init: RequestInit | undefined;
}

function setUp(answers: (() => Response | Promise<Response>)[], fetchToken: (() => Promise<string>) | null = null) {
  const clock = new ManualClock();
  const seen: Seen[] = [];
  const ended = new AbortController();
  const fetch: typeof globalThis.fetch = async (target, init) => {
    seen.push({ url: target as string, init });
    const answer = answers.shift();
    if (answer) return await answer();
    return await new Promise((_, reject) =>
      init?.signal?.addEventListener("abort", () => reject(new Error("aborted"))),
    );
  };
  const tokens = new TokenSource(fetchToken);
  const http = new Http({ url: "https://chat.test", tokens, clock, fetch, signal: ended.signal });
  return { clock, seen, http, ended };
}
const counting = () => {
  let n = 0;
  return async () => `token-${++n}`;
};
const refused = () => Response.json(problemOf("token_expired"), { status: 401 });

describe("Http", () => {
  it("fills in the address, leaves out what is undefined, and sends JSON", async () => {
    const { http, seen } = setUp([
      () => Response.json({ messages: [], hasMore: false }),
      () => Response.json({ unread: 0, total: 0 }),
    ]);
    const id = "a/b c";
    await expect(
      http.call("listMessages", { params: { id }, query: { before: 3, after: undefined } }),
    ).resolves.toEqual({ messages: [], hasMore: false });
    await http.call("markRead", { params: { id }, body: { seq: 4 } });
    expect(seen[0]?.url).toBe("https://chat.test/api/conversations/a%2Fb%20c/messages?before=3");
    expect(seen[0]?.init?.body).toBeUndefined();
    expect(seen[1]?.init).toMatchObject({ method: "POST", body: '{"seq":4}' });
  });

  it("lets the cookie speak only when there is no token", async () => {
    const answer = () => Response.json({});
    const cookie = setUp([answer]);
    await cookie.http.call("markAllRead", {});
    expect(cookie.seen[0]?.init).toMatchObject({ credentials: "include" });
    expect(cookie.seen[0]?.init?.headers).not.toHaveProperty("authorization");
    const bearer = setUp([answer], counting());
    await bearer.http.call("markAllRead", {});
    expect(bearer.seen[0]?.init).toMatchObject({ credentials: "omit", headers: { authorization: "Bearer token-1" } });
  });

  it("ends a call when its caller gives up, and takes nothing of an answer that came too late", async () => {
    const { http, seen } = setUp([]);
    const caller = new AbortController();
    const call = http.call("search", { query: { q: "lamp" } }, caller.signal);
    await new Promise((resolve) => setTimeout(resolve));
    caller.abort();
    await expect(call).rejects.toMatchObject({ code: null });
    expect(seen[0]?.url).toBe("https://chat.test/api/search?q=lamp");
  });

  it("asks once more with a new token when one is refused, and then says so", async () => {
    const { http, seen } = setUp([refused, () => Response.json({}), refused, refused], counting());
    await expect(http.call("markAllRead", {})).resolves.toEqual({});
    expect(seen[1]?.init?.headers).toMatchObject({ authorization: "Bearer token-2" });
    await expect(http.call("markAllRead", {})).rejects.toMatchObject({ code: "token_expired" });
    expect(seen).toHaveLength(4);
  });

  it("shares one new token between calls that were refused together", async () => {
    const ok = () => Response.json({});
    const { http, seen } = setUp([refused, refused, ok, ok], counting());
    await Promise.all([http.call("markAllRead", {}), http.call("markAllRead", {})]);
    expect(seen.slice(2).map(({ init }) => new Headers(init?.headers).get("authorization"))).toEqual([
      "Bearer token-2",
      "Bearer token-2",
    ]);
  });

  it("tells the server's refusal with its problem", async () => {
    const problem = problemOf("rate_limited", { retryAfterMs: 700, detail: "Slow down." });
    const { http } = setUp([() => Response.json(problem, { status: 429 })]);
    await expect(http.call("markAllRead", {})).rejects.toMatchObject({
      problem,
      message: "Slow down.",
      retryable: true,
    });
  });

  it("takes an answer of something in between, no network, and no token for not reached", async () => {
    const { http } = setUp([
      () => new Response("<h1>Bad gateway</h1>", { status: 502 }),
      () => Promise.reject(new TypeError("fetch failed")),
    ]);
    await expect(http.call("markAllRead", {})).rejects.toMatchObject({ problem: null, retryable: true });
    await expect(http.call("markAllRead", {})).rejects.toMatchObject({ problem: null, code: null });
    const without = setUp([], () => Promise.reject(new Error("signed out")));
    await expect(without.http.call("markAllRead", {})).rejects.toMatchObject({ problem: null });
    expect(without.seen).toHaveLength(0);
  });

  it("gives up after ten seconds, or when the client closes", async () => {
    const { clock, http, ended } = setUp([]);
    const slow = http.call("markAllRead", {}).catch((error: unknown) => error);
    await clock.advance(10_000);
    await expect(slow).resolves.toMatchObject({ name: "ChatError", problem: null });
    const open = http.call("markAllRead", {}).catch((error: unknown) => error);
    await clock.advance(0);
    ended.abort();
    await expect(open).resolves.toMatchObject({ name: "ChatError", problem: null });
    expect(clock.pending).toBe(0);
  });
});
