import { afterEach, expect, it, vi } from "vitest";
import { subjectOf, tokenFrom } from "./get-token.ts";

afterEach(() => vi.unstubAllGlobals());

const answering = (status: number, body: string) => vi.stubGlobal("fetch", async () => new Response(body, { status }));
const ask = () => tokenFrom("/chat-token")();

it("takes a token as JSON or bare, and nobody from an empty answer, 401 and 403", async () => {
  for (const [status, body, token] of [
    [200, '{"token":"a.b.c"}', "a.b.c"],
    [200, "a.b.c\n", "a.b.c"],
    [200, "", null],
    [200, '{"token":null}', null],
    [401, "who?", null],
    [403, "", null],
  ] as const) {
    answering(status, body);
    expect(await ask()).toBe(token);
  }
  answering(500, "broken");
  await expect(ask()).rejects.toThrow("500");
});

it("tells whom a token speaks for, also without padding, and never throws", () => {
  const encode = (claims: object) => Buffer.from(JSON.stringify(claims)).toString("base64url");
  for (const sub of ["a", "an", "ana", "ana?>"]) expect(subjectOf(`h.${encode({ sub })}.s`)).toBe(sub);
  expect(subjectOf("opaque")).toBe("opaque");
});
