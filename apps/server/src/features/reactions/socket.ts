import type { CommandHandlers } from "../../platform/realtime/command-handler.ts";
import { addReaction, removeReaction } from "./react.ts";

export const reactionCommands: Pick<CommandHandlers, "reaction:add" | "reaction:remove"> = {
  "reaction:add": async (deps, { actor }, input) => ({ message: await addReaction(deps, actor, input) }),
  "reaction:remove": async (deps, { actor }, input) => ({ message: await removeReaction(deps, actor, input) }),
};
