import type { Deps } from "../../deps.ts";
import { createRetelling } from "./retell-presence.ts";
import { createPresenceTeller } from "./tell-presence.ts";

/** Connections hold the leases; what changes by that is told. */
export function subscribePresence(
  deps: Pick<Deps, "bus" | "processBus" | "db" | "fanOut" | "presence" | "clock" | "logger">,
): void {
  const { bus, presence } = deps;
  const teller = createPresenceTeller(deps);
  const toldOf = createRetelling(deps, (userId) => teller.changed(userId));
  presence.onChange((userId) => {
    teller.changed(userId);
    toldOf(userId);
  });
  bus.on("connectionOpened", ({ userId, connectionId }) => {
    presence.take(userId, connectionId);
    teller.arrived(userId);
  });
  bus.on("connectionAlive", ({ userId, connectionId }) => presence.renew(userId, connectionId));
  bus.on("connectionClosed", ({ userId, connectionId }) => presence.release(userId, connectionId));
}
