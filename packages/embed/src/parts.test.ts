import { expect, it } from "vitest";
import { partsOf } from "./parts.ts";

it("names the parts of an element by its class names", () => {
  expect(partsOf("parley-row parley-message parley-own")).toBe("message own");
  expect(partsOf("parley-icon something")).toBe("");
});
