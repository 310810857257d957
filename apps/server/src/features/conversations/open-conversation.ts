import type { Conversation, ConversationTypePolicy, ParsedBody, ParticipantRole } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { Transaction } from "../../platform/db/database.ts";
import { uuidV7 } from "../../platform/uuid.ts";
import type { Actor } from "../auth/actor.ts";
import { recordAccessChange } from "../auth/store.ts";
import {
  deleteFormerParticipants,
  insertParticipants,
  listLeftByChoice,
  listParticipants,
} from "../participants/store.ts";
import { ensureUsers } from "../users/store.ts";
import type { ConversationRow } from "./conversation-row.ts";
import { findByUniqueKey, insertConversation, lockConversation, takeVersion } from "./store.ts";
import { loadChanged, participantIds, presentTo, tellConversation } from "./tell-conversation.ts";
import { tellParticipantAdded } from "./tell-participant-added.ts";

type OpenDeps = Pick<Deps, "db" | "fanOut" | "bus" | "clock" | "conversationTypes">;
type OpenInput = ParsedBody<"openConversation">;
type Roles = ReadonlyMap<string, ParticipantRole>;

/**
 * Opens a conversation, or returns the one that stands for this subject or this pair: any number of racing callers get
 * the same one.
 * @throws AppError `unknown_conversation_type`, `forbidden`, `invalid_request`, `too_many_participants`
 */
export async function openConversation(
  deps: OpenDeps,
  actor: Actor,
  input: OpenInput,
): Promise<{ conversation: Conversation; created: boolean }> {
  const policy = deps.conversationTypes.get(input.type);
  if (policy === undefined) throw new AppError("unknown_conversation_type");
  if (actor.kind === "user" && policy.openBy !== "users") {
    throw new AppError("forbidden", { detail: "Only the host opens conversations of this type." });
  }
  const roles = rolesOf(actor, input);
  requireFit(policy, input, roles);
  if (actor.kind === "user") requireOwnFacts(policy, input);
  const uniqueKey = uniqueKeyOf(policy, input, roles);
  const { opened, row } = await deps.db.transaction(async (tx) => {
    const opened = await insertOrFind(tx, { now: deps.clock.now(), actor, policy, input, roles, uniqueKey });
    const row = await loadChanged(tx, opened.id);
    // In here, so that a refusal takes back what was changed: the other of the pair may have been brought back.
    requireTakesPart(actor, row);
    return { opened, row };
  });
  tellOpened(deps, opened, row);
  return { conversation: presentTo(actor, row), created: opened.created };
}

function requireTakesPart(actor: Actor, row: ConversationRow): void {
  if (actor.kind === "host" || participantIds(row).includes(actor.userId)) return;
  throw new AppError("forbidden", { detail: "There is a conversation already, and you do not take part." });
}

/** Tells whoever takes part now, and whoever stayed while the other of a pair was away. */
function tellOpened(deps: Pick<Deps, "fanOut" | "bus">, opened: Opened, row: ConversationRow): void {
  for (const { userId, version } of opened.joined) {
    // From a new conversation nobody has been removed yet.
    if (!opened.created) deps.fanOut.grant(opened.id, userId, version);
  }
  const joinedIds = opened.joined.map(({ userId }) => userId);
  if (joinedIds.length > 0) tellConversation(deps, "conversation:new", row, joinedIds);
  if (opened.created) return;
  // Who stayed while the other was away hears that they are back.
  for (const { userId, version } of opened.joined) tellParticipantAdded(deps, row, userId, version);
}

/** Who takes part as what; a user who opens is the owner. */
function rolesOf(actor: Actor, input: OpenInput): Roles {
  const roles = new Map<string, ParticipantRole>();
  if (actor.kind === "user") roles.set(actor.userId, "owner");
  for (const { userId, role } of input.participants) {
    if (!roles.has(userId)) roles.set(userId, role ?? "member");
  }
  return roles;
}

function requireFit(policy: ConversationTypePolicy, input: OpenInput, roles: Roles): void {
  if (policy.uniquePerPair && roles.size !== 2) {
    throw new AppError("invalid_request", {
      detail: "This conversation is between exactly two people.",
      errors: [{ path: "participants", code: "pair_required", message: "Name exactly two different people." }],
    });
  }
  if (policy.uniquePerSubject && input.subject === undefined) {
    throw new AppError("invalid_request", {
      detail: "This conversation needs a subject.",
      errors: [{ path: "subject", code: "required", message: "Required for this type." }],
    });
  }
  if (roles.size > policy.maxParticipants) {
    throw new AppError("too_many_participants", { detail: `At most ${policy.maxParticipants} people take part.` });
  }
}

/**
 * What a subject says is the host's: a user could make a conversation look like a paid order of somebody else. Users name the
 * subject where the type needs one, and the host adds its facts.
 */
function requireOwnFacts(policy: ConversationTypePolicy, { subject }: OpenInput): void {
  if (subject === undefined) return;
  const facts = [subject.title, subject.url, subject.state];
  if (policy.uniquePerSubject && facts.every((fact) => fact === null)) return;
  throw new AppError("forbidden", { detail: "The subject and what it says belong to the host." });
}

/** What there can be only one conversation for; JSON keeps odd ids apart. */
function uniqueKeyOf(policy: ConversationTypePolicy, input: OpenInput, roles: Roles): string | null {
  if (policy.uniquePerPair) return JSON.stringify([input.type, ...[...roles.keys()].sort()]);
  if (policy.uniquePerSubject)
    return JSON.stringify([input.type, { type: input.subject?.type, id: input.subject?.id }]);
  return null;
}

interface Opened {
  id: string;
  created: boolean;
  /** Who takes part now and did not before, each with the version of their joining. */
  joined: Joined[];
}

interface Joined {
  userId: string;
  version: number;
}

interface Opening {
  now: number;
  actor: Actor;
  policy: ConversationTypePolicy;
  input: OpenInput;
  roles: Roles;
  uniqueKey: string | null;
}

async function insertOrFind(tx: Transaction, opening: Opening): Promise<Opened> {
  const { now, policy, input, roles, uniqueKey } = opening;
  await ensureUsers(tx, [...roles.keys()]);
  const { type, subject, title } = input;
  // pg writes undefined as null.
  const about = [subject?.type, subject?.id, subject?.title, subject?.url, subject?.state];
  const [inserted] = await tx.query(insertConversation, [uuidV7(now), type, ...about, title, uniqueKey]);
  if (inserted !== undefined) {
    await tx.query(insertParticipants, [inserted.id, [...roles.keys()], [...roles.values()], 1]);
    return { id: inserted.id, created: true, joined: [...roles.keys()].map((userId) => ({ userId, version: 1 })) };
  }
  const [found] = await tx.query(findByUniqueKey, [uniqueKey]);
  if (found === undefined) throw new AppError("unavailable", { retryAfterMs: 100 });
  const joined = policy.uniquePerPair ? await rejoinPair(tx, found.id, opening) : [];
  return { id: found.id, created: false, joined };
}

/**
 * One of a pair may have left: whoever opens it again brings both back, but not one whom somebody removed; that is the
 * host's alone. Each return is a change of its own.
 */
async function rejoinPair(tx: Transaction, id: string, { actor, policy, roles }: Opening): Promise<Joined[]> {
  await tx.query(lockConversation, [id]);
  const present = await tx.query(listParticipants, [id]);
  const missing = [...roles.keys()].filter((userId) => !present.some(({ user_id }) => user_id === userId));
  const back = actor.kind === "host" ? [] : await tx.query(listLeftByChoice, [id, missing]);
  const left = missing.filter((userId) => actor.kind === "host" || back.some(({ user_id }) => user_id === userId));
  if (present.length + left.length > policy.maxParticipants) throw new AppError("too_many_participants");
  const joined: Joined[] = [];
  for (const userId of left) {
    const [taken] = await tx.query(takeVersion, [id]);
    await tx.query(insertParticipants, [id, [userId], ["member"], taken?.version]);
    await tx.query(recordAccessChange, [id, userId, taken?.version, false]);
    joined.push({ userId, version: taken?.version ?? 0 });
  }
  await tx.query(deleteFormerParticipants, [id, left]);
  return joined;
}
