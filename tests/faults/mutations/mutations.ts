import type { Mutation } from "./mutation.ts";
import { mutationsOfMessages } from "./mutations-of-messages.ts";
import { mutationsOfState } from "./mutations-of-state.ts";
import { mutationsOfTime } from "./mutations-of-time.ts";

/** Ways in which a server could be wrong, at least one for each invariant. */
export const mutations: readonly Mutation[] = [...mutationsOfMessages, ...mutationsOfState, ...mutationsOfTime];
