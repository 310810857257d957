import { describe, expect, it } from "vitest";
import type { AppendRequest } from "./message-appender.ts";
import { UncertainAppends } from "./uncertain-appends.ts";

const send = (clientMessageId: string, senderId: string | null = "ana"): AppendRequest => ({
  conversationId: "c",
  senderId,
  clientMessageId,
  kind: "text",
  content: "Hello",
  byHost: false,
  adminsOnly: false,
});

describe("sends whose answer was lost", () => {
  it("are known once when they come again", () => {
    const uncertain = new UncertainAppends();
    uncertain.add([send("1"), send("2")]);
    expect(uncertain.settle(send("1"))).toBe(true);
    expect(uncertain.settle(send("1"))).toBe(false);
    expect(uncertain.settle(send("3"))).toBe(false);
    expect(uncertain.settle(send("2", "ben"))).toBe(false);
  });

  it("owe nothing when they were told before", () => {
    const uncertain = new UncertainAppends();
    uncertain.told(send("1"));
    uncertain.add([send("1"), send("2")]);
    expect(uncertain.settle(send("1"))).toBe(false);
    expect(uncertain.settle(send("2"))).toBe(true);
  });

  it("are forgotten when there are too many, oldest first", () => {
    const uncertain = new UncertainAppends();
    uncertain.add([send("first")]);
    uncertain.add(Array.from({ length: 10_000 }, (_, index) => send(String(index))));
    expect(uncertain.settle(send("first"))).toBe(false);
    expect(uncertain.settle(send("0"))).toBe(true);
  });
});
