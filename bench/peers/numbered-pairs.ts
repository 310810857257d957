import { randomUUID } from "node:crypto";
import type { Conversation } from "../drivers/driver.ts";

let opened = 0;

/** For systems that know no people, only names of channels. */
export const numberedPairs = async (count: number): Promise<Conversation[]> =>
  Array.from({ length: count }, () => {
    opened += 1;
    return {
      conversationId: `conversation-${opened}`,
      people: ["a", "b"].map(() => ({ id: randomUUID(), token: "" })),
    };
  });
