import { z } from "zod";
import { id } from "./fields.ts";

/** Who may call: a user with a token, the host with its server key, or anyone. */
export type Caller = "user" | "host" | "anyone";

export interface Endpoint {
  method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  /** Fastify style: `/api/users/:id`. */
  path: string;
  callers: readonly Caller[];
  summary: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Largest body of this endpoint; without it `limits.bodyBytes` holds. */
  bodyBytes?: number;
  /** By status. A schema of a string is plain text. */
  responses: Readonly<Record<number, z.ZodType>>;
  /** Only there in demo mode. */
  demo?: true;
}
/** Keeps the literal types of a definition. */
export const endpoint = <const Definition extends Endpoint>(definition: Definition): Definition => definition;

/** What most paths name. */
export const byId = z.strictObject({ id });
/** How many at most, when the caller names no number and when they do. */
export const pageLimit = (usual: number, max: number) => z.coerce.number().int().min(1).max(max).default(usual);
