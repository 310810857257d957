import { describe, expect, it } from "vitest";
import { isAllowedOrigin } from "./allowed-origin.ts";

const config = { publicUrl: "https://chat.example", allowedOrigins: ["https://shop.example"] };

describe("isAllowedOrigin", () => {
  it.each([
    ["https://chat.example", "10.0.0.7:3000", true],
    ["https://shop.example", "10.0.0.7:3000", true],
    ["http://localhost:3000", "localhost:3000", true],
    ["http://localhost:3000", "LocalHost:3000", true],
    ["http://localhost:3001", "localhost:3000", false],
    ["http://chat.example", "10.0.0.7:3000", false],
    ["https://shop.example.evil.example", "10.0.0.7:3000", false],
    ["https://evil.example", undefined, false],
    ["null", "localhost:3000", false],
    ["", "localhost:3000", false],
  ])("%s at %s: %s", (origin, host, allowed) => {
    expect(isAllowedOrigin(config, origin, host)).toBe(allowed);
  });
});
