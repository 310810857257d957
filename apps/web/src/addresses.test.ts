import { describe, expect, it } from "vitest";
import { addressAfterSignIn, addressOf, messageAddressOf, routeFor, signInAddressFor } from "./addresses.ts";

describe("an address", () => {
  it("is read as it was written", () => {
    expect(routeFor("/")).toEqual({ page: "list" });
    expect(routeFor("/sign-in")).toEqual({ page: "sign-in" });
    for (const id of ["7", "a/b", "ü 100%"]) {
      expect(routeFor(addressOf(id))).toEqual({ page: "conversation", id });
      expect(routeFor(messageAddressOf(id, 12))).toEqual({ page: "conversation", id, seq: 12 });
    }
  });

  it("leads to a page that says so when nothing lies there", () => {
    for (const path of ["/c", "/c/", "/x", "/c/1/2", "/c/%E0%A4%A", "/c/1/m", "/sign-in/x"]) {
      expect(routeFor(path)).toEqual({ page: "unknown" });
    }
  });

  it("shows the end of a conversation when the message is none", () => {
    for (const seq of ["0", "-1", "1.5", "abc", "9e99"]) {
      expect(routeFor(`/c/7/m/${seq}`)).toEqual({ page: "conversation", id: "7" });
    }
  });

  it("comes back from signing in", () => {
    for (const path of ["/", addressOf("a b"), messageAddressOf("a&b", 3)]) {
      const address = new URL(signInAddressFor(routeFor(path)), "https://parley.example");
      expect(address.pathname).toBe("/sign-in");
      expect(addressAfterSignIn(address.search)).toBe(path);
    }
  });

  it("leads nowhere else after signing in, whatever it says", () => {
    expect(addressAfterSignIn("?conversation=//evil.example")).toBe("/c/%2F%2Fevil.example");
    expect(addressAfterSignIn("?message=3")).toBe("/");
    expect(addressAfterSignIn("?conversation=7&message=x")).toBe("/c/7");
  });
});
