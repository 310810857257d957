import type { Conversation } from "../drivers/driver.ts";

let pairs = 0;

/** People who write to each other. */
export const xmppPairs = (count: number, password: string): Conversation[] =>
  Array.from({ length: count }, () => {
    pairs += 1;
    const people = ["a", "b"].map((side) => ({ id: `person${pairs}${side}`, token: password }));
    return { conversationId: `pair${pairs}`, people };
  });
