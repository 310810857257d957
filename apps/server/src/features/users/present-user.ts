import type { UserProfile } from "@parley/protocol";
import { shownLine } from "./shown-line.ts";
import type { UserRow } from "./store.ts";

/** A person as others see them. Who never got a name goes by a readable form of the id. */
export function presentUser(row: UserRow): UserProfile {
  return { id: row.id, name: shownLine(row.name) ?? fallbackName(row.id), picture: row.picture, role: row.role };
}

/** "anna.huber" → "Anna Huber"; ids that are numbers or random → "Guest 1a2b". */
function fallbackName(id: string): string {
  const words = id.split(/[\s._-]+/u).filter((word) => word !== "");
  const readable = id.length <= 32 && words.length > 0 && words.every((word) => /^\p{L}{2,}$/u.test(word));
  if (readable) return words.map((word) => capitalise(word)).join(" ");
  const tail = [...id.replace(/[^\p{L}\p{N}]/gu, "")].slice(-4).join("");
  return `Guest ${tail}`.trim();
}

function capitalise(word: string): string {
  const [first = "", ...rest] = word;
  return first.toUpperCase() + rest.join("");
}
