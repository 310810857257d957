import type { Message } from "@parley/protocol";
import type { WriteAccess } from "./hooks/useWriteAccess.ts";

/** Whether an own message may still be changed. */
export function mayEdit({ createdAt, kind }: Message, access: WriteAccess): boolean {
  const { editWindowSeconds } = access;
  if (!access.writable || kind !== "text") return false;
  return editWindowSeconds === null || Date.now() < Date.parse(createdAt) + editWindowSeconds * 1_000;
}
