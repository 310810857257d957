import type { Deps } from "../../deps.ts";
import { AppError } from "../../platform/app-error.ts";
import type { NamedPolicy } from "../conversations/conversation-policies.ts";

/** @throws AppError `unknown_conversation_type` for one that was taken out of the configuration */
export function requirePolicy({ conversationTypes }: Pick<Deps, "conversationTypes">, type: string): NamedPolicy {
  const policy = conversationTypes.get(type);
  if (policy === undefined) throw new AppError("unknown_conversation_type");
  return { name: type, policy };
}
