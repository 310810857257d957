import { sessionOver } from "@parley/client";
import type { ManualClock } from "./manual-clock.ts";
import type { MemoryServer } from "./memory-server.ts";

/** What `createChatClient` needs to speak to the in-memory server as this person, in the time of the clock. */
export function clientOptions(server: MemoryServer, userId: string, clock: ManualClock) {
  return {
    url: server.url,
    token: async () => server.tokens.issue(userId),
    fetch: server.fetch,
    openSession: sessionOver(server.openSocket),
    clock,
  };
}
