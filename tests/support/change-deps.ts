import type { ChangeDeps } from "../../apps/server/src/features/messages/change-message.ts";
import { mergeConversationTypes } from "../../apps/server/src/platform/conversation-types.ts";
import type { Database } from "../../apps/server/src/platform/db/database.ts";
import { budgets } from "../../apps/server/src/platform/limits/budgets.ts";
import { changeBounds, KeyedGate } from "../../apps/server/src/platform/limits/keyed-gate.ts";

/** What changing a message asks for, on a database without a server: nobody runs out of a budget. */
export const changeDeps = (db: Database, tell: ChangeDeps["fanOut"]["toParticipants"] = () => {}): ChangeDeps => ({
  db,
  fanOut: { toParticipants: tell } as ChangeDeps["fanOut"],
  limiter: { take: async () => 0 },
  budgets,
  changes: new KeyedGate(changeBounds),
  conversationTypes: mergeConversationTypes([]),
});
