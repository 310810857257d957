import { z } from "zod";
import { limits } from "./limits.ts";

/** Text that PostgreSQL can store and a reader can see: no NUL, no lone surrogate. */
const storable = (text: string): boolean => !text.includes("\u0000") && text.isWellFormed();
const storableMessage = "Must be well-formed Unicode without NUL.";

/** A string of at most `max` characters that PostgreSQL can store. */
export const text = (max: number) => z.string().max(max).refine(storable, storableMessage);

/** The host's id of a user, or an id that Parley gave. Opaque: 1 to 128 characters. */
export const id = z.string().min(1).max(limits.idLength).refine(storable, storableMessage);

/** ISO 8601 in UTC with milliseconds. */
export const timestamp = z.iso.datetime({ precision: 3 }).meta({ example: "2026-11-21T09:30:00.000Z" });

/** A position in a conversation: 0 is "before the first message". */
export const position = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Absolute http(s) address. */
export const webUrl = z
  .url({ protocol: /^https?$/ })
  .max(limits.urlLength)
  .refine(storable, storableMessage);

/** Picture: absolute http(s) address or a path on the host itself. */
export const pictureUrl = z.union([
  webUrl,
  z
    .string()
    .regex(/^\/(?!\/)[^\s\\]*$/)
    .max(limits.urlLength),
]);
