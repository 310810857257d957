import { setTimeout as sleep } from "node:timers/promises";
import type { Relay } from "../../support/start-relay.ts";
import type { Random } from "../world/random.ts";
import type { Fault } from "./fault.ts";

/** Of one server's network, for some seconds. */
const network = (
  name: string,
  breakIt: (relay: Relay, random: Random) => void,
  [least, most]: [number, number],
): Fault => ({
  name,
  breakIt: async ({ world, random }) => {
    const relay = random.pick(world.relays);
    breakIt(relay, random);
    await sleep(random.between(least, most));
    relay.mend();
    return null;
  },
});

export const networkFaults: readonly Fault[] = [
  network("all connections are cut", (relay) => relay.cut(), [100, 1_500]),
  network("connections are cut in the middle of a frame", (relay) => relay.cutMidFrame(), [200, 800]),
  network("connections are half open", (relay) => relay.swallow(), [1_000, 4_000]),
  network("the network is slow", (relay, random) => relay.delay(random.between(100, 600)), [1_500, 4_000]),
  network("the network is lossy", (relay, random) => relay.lose(random.between(0.002, 0.02)), [1_500, 4_000]),
];
