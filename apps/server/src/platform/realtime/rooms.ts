/** Names of Socket.IO's delivery groups. Prefixes keep ids of users and conversations from ever meeting. */
const USER = "user:";

export const userRoom = (userId: string): string => `${USER}${userId}`;
export const conversationRoom = (conversationId: string): string => `conversation:${conversationId}`;

/** Connections that do not keep up: they get nothing that is ephemeral. */
export const SLOW_ROOM = "slow";

/** The user of a user's room, undefined for any other room. */
export const userOfRoom = (room: string): string | undefined =>
  room.startsWith(USER) ? room.slice(USER.length) : undefined;
