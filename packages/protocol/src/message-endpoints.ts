import { z } from "zod";
import { byId, endpoint, pageLimit } from "./endpoint.ts";
import { id } from "./fields.ts";
import { limits } from "./limits.ts";
import { emoji, message, messageContent, sendMessageInput } from "./message.ts";
import { searchQuery, searchResult } from "./search.ts";

const seqQuery = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional();
const withMessage = z.strictObject({ message });

export const messageEndpoints = {
  listMessages: endpoint({
    method: "GET",
    path: "/api/conversations/:id/messages",
    callers: ["user"],
    summary: "History, oldest first: the newest page, or before, after or around a seq.",
    params: byId,
    query: z
      .strictObject({
        limit: pageLimit(limits.pageSize, limits.pageSizeMax),
        before: seqQuery,
        after: seqQuery,
        around: seqQuery,
      })
      .refine(
        (query) => [query.before, query.after, query.around].filter((seq) => seq !== undefined).length <= 1,
        "Give only one of before, after and around.",
      ),
    responses: {
      200: z.strictObject({
        messages: z.array(message),
        /** More in the direction asked for (around: in either). */
        hasMore: z.boolean(),
      }),
    },
  }),
  sendMessage: endpoint({
    method: "POST",
    path: "/api/conversations/:id/messages",
    callers: ["user", "host"],
    summary: "Send a message: 201 when it is new, 200 when the same clientMessageId was stored before.",
    params: byId,
    body: sendMessageInput,
    responses: { 200: withMessage, 201: withMessage },
  }),
  editMessage: endpoint({
    method: "PATCH",
    path: "/api/messages/:id",
    callers: ["user"],
    summary: "Change an own message.",
    params: byId,
    body: z.strictObject({ content: messageContent }),
    responses: { 200: withMessage },
  }),
  deleteMessage: endpoint({
    method: "DELETE",
    path: "/api/messages/:id",
    callers: ["user"],
    summary: "Delete an own message; a tombstone stays.",
    params: byId,
    responses: { 200: withMessage },
  }),
  restoreMessage: endpoint({
    method: "POST",
    path: "/api/messages/:id/restore",
    callers: ["user"],
    summary: "Take the deletion of an own message back, shortly after it.",
    params: byId,
    responses: { 200: withMessage },
  }),
  addReaction: endpoint({
    method: "POST",
    path: "/api/messages/:id/reactions",
    callers: ["user"],
    summary: "React with an emoji. The same again changes nothing.",
    params: byId,
    body: z.strictObject({ emoji }),
    responses: { 200: withMessage },
  }),
  removeReaction: endpoint({
    method: "DELETE",
    path: "/api/messages/:id/reactions/:emoji",
    callers: ["user"],
    summary: "Take a reaction back. One that is not there changes nothing.",
    params: z.strictObject({ id, emoji }),
    responses: { 200: withMessage },
  }),
  pinMessage: endpoint({
    method: "POST",
    path: "/api/messages/:id/pin",
    callers: ["user"],
    summary: "Pin a message in its conversation, for everybody who takes part.",
    params: byId,
    responses: { 200: withMessage },
  }),
  unpinMessage: endpoint({
    method: "DELETE",
    path: "/api/messages/:id/pin",
    callers: ["user"],
    summary: "Unpin a message.",
    params: byId,
    responses: { 200: withMessage },
  }),
  listPins: endpoint({
    method: "GET",
    path: "/api/conversations/:id/pins",
    callers: ["user"],
    summary: "The pinned messages, the last pinned one first.",
    params: byId,
    responses: { 200: z.strictObject({ messages: z.array(message) }) },
  }),
  search: endpoint({
    method: "GET",
    path: "/api/search",
    callers: ["user"],
    summary: "Messages of my conversations that hold all of these words, newest first.",
    query: searchQuery,
    responses: { 200: searchResult },
  }),
};
