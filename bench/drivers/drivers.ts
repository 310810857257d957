import { connectBareTcp } from "./bare-tcp.ts";
import type { Driver } from "./driver.ts";
import { connectMqtt } from "./mqtt.ts";
import { connectNats } from "./nats.ts";
import { connectNchan } from "./nchan.ts";
import { connectParse } from "./parse.ts";
import { connectRedis } from "./redis.ts";
import { connectSocketIo } from "./socket-io.ts";
import { connectXmpp } from "./xmpp.ts";

/** How the load client speaks to each kind of server. */
export const drivers = {
  "bare-tcp": connectBareTcp,
  "socket-io": connectSocketIo,
  xmpp: connectXmpp,
  parse: connectParse,
  redis: connectRedis,
  nats: connectNats,
  mqtt: connectMqtt,
  nchan: connectNchan,
} as const satisfies Record<string, Driver>;

export type DriverName = keyof typeof drivers;
