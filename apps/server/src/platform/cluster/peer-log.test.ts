import { beforeEach, describe, expect, it } from "vitest";
import { PeerLog } from "./peer-log.ts";

describe("what is heard of other processes", () => {
  let now: number;
  let peers: PeerLog;
  beforeEach(() => {
    now = 1_000_000;
    peers = new PeerLog({ now: () => now });
  });

  it("is in order, heard again, or has a hole", () => {
    peers.begin();
    expect([1, 2, 2, 1, 3].map((counter) => peers.heard("a", counter))).toEqual([
      "next",
      "next",
      "again",
      "again",
      "next",
    ]);
    expect(peers.heard("a", 5)).toBe("hole");
    expect(peers.heard("a", 6)).toBe("next");
    expect(peers.heard("b", 1)).toBe("next");
  });

  it("begins anywhere for whoever was there before, and at one for whoever comes later", () => {
    expect(peers.heard("a", 100)).toBe("next");
    peers.begin();
    expect(peers.heard("b", 50)).toBe("next");
    now += 5_001;
    expect(peers.heard("a", 101)).toBe("next");
    expect(peers.heard("c", 2)).toBe("hole");
    expect(peers.heard("d", 1)).toBe("next");
  });

  it("is missed after five seconds of silence, and given up after a minute", () => {
    peers.begin();
    peers.heard("a", 1);
    now += 5_000;
    expect(peers.missesSomebody()).toBe(false);
    now += 1;
    expect(peers.missesSomebody()).toBe(true);
    now += 55_000;
    expect(peers.missesSomebody()).toBe(false);
    expect(peers.heard("a", 9)).toBe("hole");
  });

  it("is not missed after a farewell", () => {
    peers.begin();
    peers.heard("a", 1);
    peers.left("a");
    now += 10_000;
    expect(peers.missesSomebody()).toBe(false);
  });
});
