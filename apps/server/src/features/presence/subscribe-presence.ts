import type { Deps } from "../../deps.ts";
import { createPresenceTeller } from "./tell-presence.ts";

/** Connections hold the leases; what changes by that is told. */
export function subscribePresence(deps: Pick<Deps, "bus" | "db" | "fanOut" | "presence" | "clock" | "logger">): void {
  const { bus, presence } = deps;
  const teller = createPresenceTeller(deps);
  presence.onChange((userId) => teller.changed(userId));
  bus.on("connectionOpened", ({ userId, connectionId }) => {
    presence.take(userId, connectionId);
    teller.arrived(userId);
  });
  bus.on("connectionAlive", ({ userId, connectionId }) => presence.renew(userId, connectionId));
  bus.on("connectionClosed", ({ userId, connectionId }) => presence.release(userId, connectionId));
}
