import type { z } from "zod";
import { AppError } from "../app-error.ts";
import { listFaults } from "../list-faults.ts";

/** Names that reach an object's prototype when copied carelessly. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
/** No command is nested deeper. */
const MAX_DEPTH = 8;

/**
 * Parses what a client sent with the catalogue's schema.
 * @throws AppError `invalid_request` that names each wrong field, without its value
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  if (typeof input !== "object" || input === null || Array.isArray(input))
    throw invalid("The payload must be an object.");
  if (!isHarmless(input, MAX_DEPTH)) throw invalid("The payload is nested too deep, or holds a forbidden key.");
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_request", { errors: listFaults(parsed.error) });
}

const invalid = (detail: string): AppError => new AppError("invalid_request", { detail });

function isHarmless(value: unknown, depthLeft: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (depthLeft === 0) return false;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return true;
  return Object.entries(value).every(([key, inner]) => !FORBIDDEN_KEYS.has(key) && isHarmless(inner, depthLeft - 1));
}
