import { AppError } from "../app-error.ts";

/** What a span says of an error: its code, never its text. */
export const failureCode = (error: unknown): string => (error instanceof AppError ? error.code : "internal");
