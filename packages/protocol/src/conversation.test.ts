import { describe, expect, it } from "vitest";
import { changeConversationInput, openConversationInput } from "./conversation.ts";
import { limits } from "./limits.ts";

const participants = [{ userId: "ana" }, { userId: "ben", role: "owner" }];

describe("opening a conversation", () => {
  it("fills what a subject leaves out", () => {
    const { subject } = openConversationInput.parse({
      type: "order",
      participants,
      subject: { type: "order", id: "1" },
    });
    expect(subject).toEqual({ type: "order", id: "1", title: null, url: null, state: null });
  });

  it("takes only web addresses for the subject's page", () => {
    const withUrl = (url: string) =>
      openConversationInput.safeParse({ type: "order", participants, subject: { type: "order", id: "1", url } })
        .success;
    expect(withUrl("https://shop.example/orders/1")).toBe(true);
    expect(withUrl("javascript:alert(1)")).toBe(false);
    expect(withUrl("data:text/html,hi")).toBe(false);
  });

  it("names at least one person, and not too many", () => {
    const many = Array.from({ length: limits.participantsPerOpen + 1 }, (_, index) => ({ userId: `u${index}` }));
    expect(openConversationInput.safeParse({ type: "group", participants: [] }).success).toBe(false);
    expect(openConversationInput.safeParse({ type: "group", participants: many }).success).toBe(false);
  });
});

describe("changing a conversation", () => {
  it("names at least one thing", () => {
    expect(changeConversationInput.safeParse({}).success).toBe(false);
    expect(changeConversationInput.safeParse({ title: null }).success).toBe(true);
  });

  it("knows three states", () => {
    expect(changeConversationInput.safeParse({ status: "locked" }).success).toBe(true);
    expect(changeConversationInput.safeParse({ status: "closed" }).success).toBe(false);
  });
});
