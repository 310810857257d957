import { describe, expect, it } from "vitest";
import { isAllowedOrigin } from "./allowed-origin.ts";

const config = { publicUrl: "https://chat.example", allowedOrigins: ["https://shop.example"] };

describe("without TLS in PUBLIC_URL", () => {
  it.each([
    ["http://10.0.0.7:3000", true],
    ["https://10.0.0.7:3000", true],
  ])("%s is ours at that host: %s", (origin, allowed) => {
    const plain = { publicUrl: "http://localhost:3000", allowedOrigins: [] };
    expect(isAllowedOrigin(plain, origin, "10.0.0.7:3000")).toBe(allowed);
  });
});

describe("isAllowedOrigin", () => {
  it.each([
    ["https://chat.example", "10.0.0.7:3000", true],
    ["https://shop.example", "10.0.0.7:3000", true],
    ["http://localhost:3000", "localhost:3000", true],
    ["http://localhost:3000", "LocalHost:3000", true],
    ["http://localhost:3001", "localhost:3000", false],
    ["http://chat.example", "10.0.0.7:3000", false],
    // A page that came over a line without TLS may be anybody's: it is not ours where we are called over TLS.
    ["http://chat.example", "chat.example", false],
    ["http://other.example", "other.example", false],
    ["https://other.example", "other.example", true],
    ["http://127.0.0.1:3000", "127.0.0.1:3000", true],
    ["http://[::1]:3000", "[::1]:3000", true],
    ["http://localhost.evil.example", "localhost.evil.example", false],
    ["https://shop.example.evil.example", "10.0.0.7:3000", false],
    ["https://evil.example", undefined, false],
    ["null", "localhost:3000", false],
    ["", "localhost:3000", false],
  ])("%s at %s: %s", (origin, host, allowed) => {
    expect(isAllowedOrigin(config, origin, host)).toBe(allowed);
  });
});
