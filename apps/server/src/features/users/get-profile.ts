import type { UserProfile } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/app-error.ts";
import { presentUser } from "./present-user.ts";
import { findUser } from "./store.ts";

/** @throws AppError not_found */
export async function getProfile({ db }: Pick<Deps, "db">, userId: string): Promise<UserProfile> {
  const row = await findUser(db, userId);
  if (row === undefined) throw notFound();
  return presentUser(row);
}
