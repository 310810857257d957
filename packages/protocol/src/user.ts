import { z } from "zod";
import { id, pictureUrl, text, timestamp } from "./fields.ts";
import { limits } from "./limits.ts";

/** A person as others see them. `name` is never empty: a missing one has a fallback. */
export const userProfile = z
  .strictObject({
    id,
    name: z.string(),
    picture: z.string().nullable(),
    /** The person's role on the host's platform: buyer, seller, agency, … */
    role: z.string().nullable(),
  })
  .meta({ id: "UserProfile" });
export type UserProfile = z.infer<typeof userProfile>;

/** What the host may say of a user; what is left out stays as it was. */
export const userProfileInput = z
  .strictObject({
    name: text(limits.nameLength).optional(),
    picture: pictureUrl.nullable().optional(),
    email: z.email().max(254).nullable().optional(),
    locale: text(35).nullable().optional(),
    role: text(64).nullable().optional(),
  })
  .meta({ id: "UserProfileInput" });
export type UserProfileInput = z.infer<typeof userProfileInput>;

export const presenceStatus = z.enum(["online", "away", "offline"]).meta({ id: "PresenceStatus" });
export type PresenceStatus = z.infer<typeof presenceStatus>;

/** A lease that runs out, never stored as truth. `lastSeenAt` is null while the person is here or was never seen. */
export const presence = z
  .strictObject({ userId: id, status: presenceStatus, lastSeenAt: timestamp.nullable() })
  .meta({ id: "Presence" });
export type Presence = z.infer<typeof presence>;

/** What a person has set for themselves, on all devices. */
export const settings = z
  .strictObject({
    /** false: others do not see what I have read, and I am not told what they have: to me they stand at `readSeq` 0. */
    readReceipts: z.boolean(),
  })
  .meta({ id: "Settings" });
export type Settings = z.infer<typeof settings>;
