import { AppError } from "./platform/app-error.ts";
import type { EndpointHandlers } from "./platform/http/endpoint-handler.ts";
import type { CommandHandlers } from "./platform/realtime/command-handler.ts";

const refuse = async (): Promise<never> => {
  throw new AppError("unavailable", { detail: "This is being built." });
};

/** In the contract, and built in the commits that follow: each takes its line away. */
export const routesToCome: Pick<
  EndpointHandlers,
  | "restoreMessage"
  | "addReaction"
  | "removeReaction"
  | "pinMessage"
  | "unpinMessage"
  | "listPins"
  | "changePreferences"
  | "getSettings"
  | "changeSettings"
  | "search"
> = {
  restoreMessage: refuse,
  addReaction: refuse,
  removeReaction: refuse,
  pinMessage: refuse,
  unpinMessage: refuse,
  listPins: refuse,
  changePreferences: refuse,
  getSettings: refuse,
  changeSettings: refuse,
  search: refuse,
};

export const commandsToCome: Pick<CommandHandlers, "message:restore" | "reaction:add" | "reaction:remove"> = {
  "message:restore": refuse,
  "reaction:add": refuse,
  "reaction:remove": refuse,
};
