import type { Endpoints } from "@parley/protocol";

/** The endpoints that this client calls. Only their addresses: the schemas would bring a validator into every page. */
export type RouteName =
  | "getSession"
  | "openConversation"
  | "changeConversation"
  | "listMessages"
  | "sendMessage"
  | "editMessage"
  | "deleteMessage"
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
  listMessages: ["GET", "/api/conversations/:id/messages"],
  sendMessage: ["POST", "/api/conversations/:id/messages"],
  editMessage: ["PATCH", "/api/messages/:id"],
  deleteMessage: ["DELETE", "/api/messages/:id"],
  markRead: ["POST", "/api/conversations/:id/read"],
  markDelivered: ["POST", "/api/conversations/:id/delivered"],
  markAllRead: ["POST", "/api/conversations/read-all"],
  addParticipant: ["POST", "/api/conversations/:id/participants"],
  changeParticipant: ["PATCH", "/api/conversations/:id/participants/:userId"],
  removeParticipant: ["DELETE", "/api/conversations/:id/participants/:userId"],
  sync: ["POST", "/api/sync"],
};
