import type { Endpoints } from "@parley/protocol";

/** The endpoints that this client calls. Only their addresses: the schemas would bring a validator into every page. */
export type RouteName =
  | "getSession"
  | "openConversation"
  | "changeConversation"
  | "changePreferences"
  | "getSettings"
  | "changeSettings"
  | "listMessages"
  | "sendMessage"
  | "editMessage"
  | "deleteMessage"
  | "restoreMessage"
  | "addReaction"
  | "removeReaction"
  | "pinMessage"
  | "unpinMessage"
  | "listPins"
  | "search"
  | "markRead"
  | "markDelivered"
  | "markAllRead"
  | "addParticipant"
  | "changeParticipant"
  | "removeParticipant"
  | "sync";

/** The compiler holds every line against the catalogue. */
export const routes: { readonly [Name in RouteName]: readonly [Endpoints[Name]["method"], Endpoints[Name]["path"]] } = {
  getSession: ["GET", "/api/session"],
  openConversation: ["POST", "/api/conversations"],
  changeConversation: ["PATCH", "/api/conversations/:id"],
  changePreferences: ["PATCH", "/api/conversations/:id/preferences"],
  getSettings: ["GET", "/api/settings"],
  changeSettings: ["PATCH", "/api/settings"],
  listMessages: ["GET", "/api/conversations/:id/messages"],
  sendMessage: ["POST", "/api/conversations/:id/messages"],
  editMessage: ["PATCH", "/api/messages/:id"],
  deleteMessage: ["DELETE", "/api/messages/:id"],
  restoreMessage: ["POST", "/api/messages/:id/restore"],
  addReaction: ["POST", "/api/messages/:id/reactions"],
  removeReaction: ["DELETE", "/api/messages/:id/reactions/:emoji"],
  pinMessage: ["POST", "/api/messages/:id/pin"],
  unpinMessage: ["DELETE", "/api/messages/:id/pin"],
  listPins: ["GET", "/api/conversations/:id/pins"],
  search: ["GET", "/api/search"],
  markRead: ["POST", "/api/conversations/:id/read"],
  markDelivered: ["POST", "/api/conversations/:id/delivered"],
  markAllRead: ["POST", "/api/conversations/read-all"],
  addParticipant: ["POST", "/api/conversations/:id/participants"],
  changeParticipant: ["PATCH", "/api/conversations/:id/participants/:userId"],
  removeParticipant: ["DELETE", "/api/conversations/:id/participants/:userId"],
  sync: ["POST", "/api/sync"],
};
