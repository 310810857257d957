import { AppError } from "./platform/app-error.ts";
import type { EndpointHandlers } from "./platform/http/endpoint-handler.ts";

const refuse = async (): Promise<never> => {
  throw new AppError("unavailable", { detail: "This is being built." });
};

/** In the contract, and built in the commits that follow: each takes its line away. */
export const routesToCome: Pick<EndpointHandlers, "changePreferences" | "getSettings" | "changeSettings"> = {
  changePreferences: refuse,
  getSettings: refuse,
  changeSettings: refuse,
};
