import { buildConversation, buildMessage } from "@parley/testkit";
import { expect, it } from "vitest";
import { catalogue } from "../labels/catalogue.ts";
import { laterEn } from "../labels/later-en.ts";
import { announcementFor } from "./announcement.ts";

const say = (after: number, ...messages: Parameters<typeof buildMessage>[0][]) => {
  const built = messages.map((message) => buildMessage(message));
  return announcementFor([null, ...built], after, buildConversation(), "ana", { ...catalogue.en, ...laterEn });
};
const ben = (seq: number) => ({ seq, senderId: "ben", content: `Text ${seq}` });

it("reads one message out, and counts several", () => {
  expect(say(0, ben(1))).toBe("Ben: Text 1");
  expect(say(0, { ...ben(1), content: "**One** and `two`" })).toBe("Ben: One and two");
  expect(say(0, ben(1), ben(2))).toBe("2 new messages from Ben");
  expect(say(0, ben(1), { seq: 2, senderId: null, kind: "system", content: "Paid" })).toBe("2 new messages");
  expect(say(0, { seq: 1, senderId: null, kind: "system", content: "Paid" })).toBe("Platform: Paid");
});

it("is silent for own, older and deleted ones", () => {
  expect(say(0, { seq: 1, senderId: "ana" })).toBeNull();
  expect(say(5, ben(4), ben(5))).toBeNull();
  expect(say(0, { ...ben(1), content: null })).toBeNull();
});
