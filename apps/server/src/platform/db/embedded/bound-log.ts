import { copyFileSync, statSync, truncateSync } from "node:fs";

const LIMIT_BYTES = 5 * 1024 * 1024;
const CHECK_EVERY_MS = 60_000;

/**
 * Keeps PostgreSQL's log at about 5 MB, with one older part beside it. The server appends to the open file, so it is copied and
 * emptied, not renamed. Checks once and then every minute.
 * @returns a function that ends the checks
 */
export function boundLog(file: string, limitBytes: number = LIMIT_BYTES): () => void {
  const check = () => rotate(file, limitBytes);
  check();
  const timer = setInterval(check, CHECK_EVERY_MS).unref();
  return () => clearInterval(timer);
}

function rotate(file: string, limitBytes: number): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= limitBytes) return;
  copyFileSync(file, `${file}.1`);
  truncateSync(file);
}
