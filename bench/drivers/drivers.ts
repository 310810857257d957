import { connectBareTcp } from "./bare-tcp.ts";
import type { Driver } from "./driver.ts";
import { connectParse } from "./parse.ts";
import { connectSocketIo } from "./socket-io.ts";
import { connectXmpp } from "./xmpp.ts";

/** How the load client speaks to each kind of server. */
export const drivers = {
  "bare-tcp": connectBareTcp,
  "socket-io": connectSocketIo,
  xmpp: connectXmpp,
  parse: connectParse,
} as const satisfies Record<string, Driver>;

export type DriverName = keyof typeof drivers;
