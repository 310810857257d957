import { z } from "zod";
import { conversation, preferences } from "./conversation.ts";
import { id, position } from "./fields.ts";
import { limits } from "./limits.ts";
import { message } from "./message.ts";

const boundedRecord = z
  .record(id, position)
  .refine(
    (entries) => Object.keys(entries).length <= limits.syncVersions,
    `At most ${limits.syncVersions} conversations.`,
  );

export const receipt = z
  .strictObject({ conversationId: id, userId: id, readSeq: position, deliveredSeq: position })
  .meta({ id: "Receipt" });
export type Receipt = z.infer<typeof receipt>;

export const syncInput = z
  .strictObject({
    /** The version of each conversation that the caller holds. */
    versions: boundedRecord,
    /**
     * For each of them the sum of all its participants' readSeq and deliveredSeq, as the caller sees them. Positions only grow, so equal sums
     * mean equal positions: with this, positions that moved without a new version come back in `receipts`.
     */
    positions: boundedRecord.optional(),
    /** The sum of the versions of all preferences that the caller holds; when it differs, they come in `preferences`. */
    preferenceSum: position.optional(),
  })
  .meta({ id: "SyncInput" });
export type SyncInput = z.infer<typeof syncInput>;

export const syncChange = z
  .strictObject({
    conversation,
    /** Every message (tombstones too) whose version is greater than the one sent, in order of seq. */
    messages: z.array(message),
    /** true: too far behind, or new to you; drop what you hold of it, here is the newest page. */
    reset: z.boolean(),
  })
  .meta({ id: "SyncChange" });
export type SyncChange = z.infer<typeof syncChange>;

export const syncResult = z
  .strictObject({
    changes: z.array(syncChange),
    receipts: z.array(receipt),
    /** Of those conversations of the caller's that did not change otherwise, where something was ever set. */
    preferences: z.array(z.strictObject({ conversationId: id, preferences })),
    /** Sent, but the caller does not take part in them (any more). */
    gone: z.array(id),
    /** true: call again with the new versions. */
    more: z.boolean(),
    /**
     * Names the server's history. When it differs from what an earlier answer said, the server was restored from a backup, and what is
     * held may never have happened: drop all of it, and begin with no versions at all.
     */
    history: z.string().optional(),
  })
  .meta({ id: "SyncResult" });
export type SyncResult = z.infer<typeof syncResult>;
