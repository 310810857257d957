import { describe, expect, it } from "vitest";
import { commands, endpoints, errors, events, limits, problem } from "./index.ts";

describe("the catalogues", () => {
  it("give each endpoint a method and path of its own", () => {
    const places = Object.values(endpoints).map(({ method, path }) => `${method} ${path}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it("hold the names that programs outside rely on", () => {
    expect(Object.keys(commands)).toEqual(
      expect.arrayContaining([
        "conversation:join",
        "conversation:leave",
        "message:send",
        "message:edit",
        "message:delete",
        "receipt:read",
        "receipt:delivered",
        "typing:start",
        "typing:stop",
        "presence:set",
      ]),
    );
    expect(Object.keys(events)).toEqual(
      expect.arrayContaining([
        "message:new",
        "message:updated",
        "message:deleted",
        "receipt:updated",
        "unread:updated",
        "typing:updated",
        "presence:updated",
        "conversation:new",
        "conversation:updated",
        "participant:added",
        "participant:removed",
      ]),
    );
  });

  it("let every lasting event but a receipt carry what orders it", () => {
    for (const [name, { lasting, payload }] of Object.entries(events)) {
      // What a person sets for themselves has a version of its own.
      const shape = "preferences" in payload.shape ? payload.shape.preferences.shape : payload.shape;
      if (lasting && name !== "receipt:updated") expect(shape, name).toHaveProperty("version");
    }
  });

  it("make a problem of every error", () => {
    for (const [code, { status, retryable, title }] of Object.entries(errors)) {
      const body = { type: `urn:parley:problem:${code}`, title, status, code, retryable };
      expect(problem.safeParse(body).success, code).toBe(true);
      expect(status).toBeGreaterThanOrEqual(400);
    }
  });

  it("say that what is about the moment may be tried again", () => {
    expect(errors.rate_limited).toMatchObject({ status: 429, retryable: true });
    expect(errors.unavailable).toMatchObject({ status: 503, retryable: true });
    expect(errors.client_message_id_reused).toMatchObject({ status: 409, retryable: false });
  });

  it("bound history pages", () => {
    const query = endpoints.listMessages.query;
    expect(query.parse({}).limit).toBe(50);
    expect(query.safeParse({ limit: String(limits.pageSizeMax + 1) }).success).toBe(false);
    expect(query.safeParse({ before: "5", after: "3" }).success).toBe(false);
    expect(query.safeParse({ before: "-1" }).success).toBe(false);
  });
});
