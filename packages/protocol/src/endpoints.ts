import { z } from "zod";
import {
  changeConversationInput,
  conversation,
  conversationStatus,
  openConversationInput,
  participantRole,
  preferences,
  preferencesInput,
} from "./conversation.ts";
import { publicTypePolicy } from "./conversation-type.ts";
import { byId, endpoint, pageLimit } from "./endpoint.ts";
import { id, position, text, timestamp } from "./fields.ts";
import { limits } from "./limits.ts";
import { messageEndpoints } from "./message-endpoints.ts";
import { serviceEndpoints } from "./service-endpoints.ts";
import { syncInput, syncResult } from "./sync.ts";
import { settings, userProfile, userProfileInput } from "./user.ts";

const byParticipant = z.strictObject({ id, userId: id });
const withConversation = z.strictObject({ conversation });
const unreadNumbers = z.strictObject({ unread: position, total: position });
const nothing = z.strictObject({});

export const endpoints = {
  putUser: endpoint({
    method: "PUT",
    path: "/api/users/:id",
    callers: ["host"],
    summary: "Make or change a profile.",
    params: byId,
    body: userProfileInput,
    responses: { 200: z.strictObject({ user: userProfile }) },
  }),
  getSession: endpoint({
    method: "GET",
    path: "/api/session",
    callers: ["user"],
    summary: "Who the token says I am, and until when.",
    responses: {
      200: z.strictObject({
        user: userProfile,
        expiresAt: timestamp,
        demo: z.boolean(),
        /** By name of the conversation type. */
        conversationTypes: z.record(z.string(), publicTypePolicy),
        settings,
      }),
    },
  }),
  signOut: endpoint({
    method: "DELETE",
    path: "/api/session",
    callers: ["user"],
    summary: "End the session of this token: it is refused from now on, and its connections are closed.",
    responses: { 200: nothing },
  }),
  signOutUser: endpoint({
    method: "DELETE",
    path: "/api/users/:id/sessions",
    callers: ["host"],
    summary: "End all sessions of a person: tokens issued until now (iat, or without it) are refused.",
    params: byId,
    responses: { 200: nothing },
  }),
  openConversation: endpoint({
    method: "POST",
    path: "/api/conversations",
    callers: ["user", "host"],
    summary:
      "Open a conversation: 201 when it is new, 200 when it was there (same subject, same direct pair). Users name a subject (type and id) only where the type needs one; what it says is the host's.",
    body: openConversationInput,
    responses: { 200: withConversation, 201: withConversation },
  }),
  listConversations: endpoint({
    method: "GET",
    path: "/api/conversations",
    callers: ["user"],
    summary: "My conversations, sorted by their last activity.",
    query: z.strictObject({
      limit: pageLimit(limits.inboxPageSize, limits.inboxPageSizeMax),
      cursor: z.string().max(256).optional(),
      filter: z.enum(["all", "unread", ...conversationStatus.options]).default("all"),
      /** `unread`: those with something unread first, then the newest. What is read between two pages may come in both. */
      sort: z.enum(["newest", "oldest", "unread"]).default("newest"),
      /** What I archived for myself, what I did not, or both. */
      box: z.enum(["all", "inbox", "archive"]).default("all"),
      type: id.optional(),
      subjectType: id.optional(),
      subjectId: id.optional(),
      /** Part of the title, of the subject, or of another participant's name. */
      q: text(limits.titleLength).trim().min(1).optional(),
    }),
    responses: { 200: z.strictObject({ conversations: z.array(conversation), nextCursor: z.string().nullable() }) },
  }),
  getConversation: endpoint({
    method: "GET",
    path: "/api/conversations/:id",
    callers: ["user"],
    summary: "One of my conversations.",
    params: byId,
    responses: { 200: withConversation },
  }),
  changeConversation: endpoint({
    method: "PATCH",
    path: "/api/conversations/:id",
    callers: ["user", "host"],
    summary: "Change title, status or the subject's facts (owner, admin, host).",
    params: byId,
    body: changeConversationInput,
    responses: { 200: withConversation },
  }),
  changePreferences: endpoint({
    method: "PATCH",
    path: "/api/conversations/:id/preferences",
    callers: ["user"],
    summary: "Pin, mute, archive, mark as unread: for myself alone.",
    params: byId,
    body: preferencesInput,
    responses: { 200: z.strictObject({ preferences }) },
  }),
  getSettings: endpoint({
    method: "GET",
    path: "/api/settings",
    callers: ["user"],
    summary: "What I have set for myself.",
    responses: { 200: z.strictObject({ settings }) },
  }),
  changeSettings: endpoint({
    method: "PATCH",
    path: "/api/settings",
    callers: ["user"],
    summary: "Change my settings.",
    body: settings.partial(),
    responses: { 200: z.strictObject({ settings }) },
  }),
  markRead: endpoint({
    method: "POST",
    path: "/api/conversations/:id/read",
    callers: ["user"],
    summary: "Everything up to seq is read.",
    params: byId,
    body: z.strictObject({ seq: position }),
    responses: { 200: unreadNumbers },
  }),
  markDelivered: endpoint({
    method: "POST",
    path: "/api/conversations/:id/delivered",
    callers: ["user"],
    summary: "Everything up to seq has arrived.",
    params: byId,
    body: z.strictObject({ seq: position }),
    responses: { 200: nothing },
  }),
  markAllRead: endpoint({
    method: "POST",
    path: "/api/conversations/read-all",
    callers: ["user"],
    summary: "Everything in all of my conversations is read.",
    responses: { 200: unreadNumbers },
  }),
  getUnread: endpoint({
    method: "GET",
    path: "/api/unread",
    callers: ["user"],
    summary: "My unread numbers; conversations without unread messages are left out.",
    responses: { 200: z.strictObject({ total: position, conversations: z.record(id, position) }) },
  }),
  addParticipant: endpoint({
    method: "POST",
    path: "/api/conversations/:id/participants",
    callers: ["user", "host"],
    summary: "Add somebody (owner, admin, host).",
    params: byId,
    body: z.strictObject({ userId: id, role: participantRole.optional() }),
    responses: { 200: withConversation, 201: withConversation },
  }),
  changeParticipant: endpoint({
    method: "PATCH",
    path: "/api/conversations/:id/participants/:userId",
    callers: ["user", "host"],
    summary: "Give somebody another role (owner, admin, host).",
    params: byParticipant,
    body: z.strictObject({ role: participantRole }),
    responses: { 200: withConversation },
  }),
  removeParticipant: endpoint({
    method: "DELETE",
    path: "/api/conversations/:id/participants/:userId",
    callers: ["user", "host"],
    summary: "Remove somebody (owner, admin, host), or leave (oneself).",
    params: byParticipant,
    responses: { 200: nothing },
  }),
  sync: endpoint({
    method: "POST",
    path: "/api/sync",
    callers: ["user"],
    summary: "Everything that changed since the versions that I hold.",
    body: syncInput,
    bodyBytes: limits.syncBodyBytes,
    responses: { 200: syncResult },
  }),
  ...messageEndpoints,
  ...serviceEndpoints,
};

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;
type Part<Name extends EndpointName, Key extends string> =
  Endpoints[Name] extends Record<Key, infer Schema extends z.ZodType> ? Schema : never;
/** What a caller writes. */
export type EndpointBody<Name extends EndpointName> = z.input<Part<Name, "body">>;
export type EndpointQuery<Name extends EndpointName> = z.input<Part<Name, "query">>;
export type EndpointParams<Name extends EndpointName> = z.input<Part<Name, "params">>;
/** What a handler gets, after parsing. */
export type ParsedBody<Name extends EndpointName> = z.output<Part<Name, "body">>;
export type ParsedQuery<Name extends EndpointName> = z.output<Part<Name, "query">>;
export type ParsedParams<Name extends EndpointName> = z.output<Part<Name, "params">>;
/** What comes back with a 2xx. */
export type EndpointResult<Name extends EndpointName> = z.infer<
  Endpoints[Name]["responses"][keyof Endpoints[Name]["responses"]] & z.ZodType
>;
