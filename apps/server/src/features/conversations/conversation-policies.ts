import type { ConversationTypePolicy } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { AppError, notFound } from "../../platform/app-error.ts";
import { isUuid } from "../../platform/uuid.ts";
import type { Actor } from "../auth/actor.ts";
import { requireParticipant } from "../participants/require-participant.ts";
import { findType } from "./store.ts";

const REMEMBERED = 50_000;

export interface NamedPolicy {
  name: string;
  policy: ConversationTypePolicy;
}

/** The policy of a conversation's type. A conversation never changes its type, so it is remembered. */
export class ConversationPolicies {
  readonly #types = new Map<string, string>();
  readonly #deps: Pick<Deps, "db" | "conversationTypes">;

  constructor(deps: Pick<Deps, "db" | "conversationTypes">) {
    this.#deps = deps;
  }

  /**
   * What stands remembered says nothing of the actor's access: who refuses by a policy asks `requireAccess` first.
   * @throws AppError `not_found`
   */
  async of(actor: Actor, conversationId: string): Promise<NamedPolicy> {
    const name = this.#types.get(conversationId) ?? (await this.#load(actor, conversationId));
    const policy = this.#deps.conversationTypes.get(name);
    // A type that was taken out of the configuration, with conversations left behind.
    if (policy === undefined) throw new AppError("unknown_conversation_type");
    return { name, policy };
  }

  async #load(actor: Actor, conversationId: string): Promise<string> {
    const type = await this.#find(actor, conversationId);
    const oldest = this.#types.keys().next();
    if (this.#types.size >= REMEMBERED && !oldest.done) this.#types.delete(oldest.value);
    this.#types.set(conversationId, type);
    return type;
  }

  async #find(actor: Actor, conversationId: string): Promise<string> {
    if (!isUuid(conversationId)) throw notFound();
    if (actor.kind === "user") return (await requireParticipant(this.#deps, actor, conversationId)).type;
    const [found] = await this.#deps.db.query(findType, [conversationId]);
    if (found === undefined) throw notFound();
    return found.type;
  }
}
