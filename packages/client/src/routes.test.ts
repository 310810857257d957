import { endpoints } from "@parley/protocol";
import { expect, it } from "vitest";
import { type RouteName, routes } from "./routes.ts";

it("calls the endpoints of the catalogue", () => {
  for (const [name, [method, path]] of Object.entries(routes)) {
    expect([name, method, path]).toEqual([
      name,
      endpoints[name as RouteName].method,
      endpoints[name as RouteName].path,
    ]);
  }
});
