import { randomFillSync } from "node:crypto";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Whether this may be one of our ids, as PostgreSQL writes them. Ids are opaque on the wire: any other string is simply
 * unknown. Capitals too: PostgreSQL would find the row, but rooms and revocations go by the id as it was written.
 */
export const isUuid = (id: string): boolean => UUID.test(id);

/** Random bytes in stock: asking for a few at a time costs more than all the rest of an id. */
const stock = Buffer.alloc(16 * 256);
let used = stock.length;

/** A UUIDv7: 48 bits of `now` (milliseconds since the epoch), then random. Keys made later sort later. */
export function uuidV7(now: number): string {
  if (used === stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  const bytes = stock.subarray(used, (used += 16));
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
