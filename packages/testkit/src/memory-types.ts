import type { PublicTypePolicy } from "@parley/protocol";

const people: PublicTypePolicy = {
  openBy: "users",
  maxTextLength: 5_000,
  editWindowSeconds: null,
  writers: "participants",
};
const host: PublicTypePolicy = { ...people, openBy: "host" };

/** The built-in types, as far as a page must know them. */
export const memoryTypes: Readonly<Record<string, PublicTypePolicy>> = {
  direct: people,
  group: people,
  order: { ...host, maxTextLength: 2_000 },
  project: host,
  gig: host,
  support: host,
  announcement: { ...host, writers: "admins" },
};
