import pg from "pg";
import { describe, expect, it } from "vitest";
import { connectionUrl } from "./connection-url.ts";

describe("connectionUrl", () => {
  it("is read by pg and by URL, whatever the folder is called", () => {
    const url = connectionUrl({ host: "/tmp/a b/Ümläut%20", port: 5432 }, "parley", "p@:/?#", "parley");
    const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url });
    expect({ host, port, user, password, database, ssl }).toEqual({
      host: "/tmp/a b/Ümläut%20",
      port: 5432,
      user: "parley",
      password: "p@:/?#",
      database: "parley",
      ssl: false,
    });
    expect(new URL(url).pathname).toBe("/parley");
  });
});
