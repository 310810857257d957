import { Device } from "../devices/device.ts";
import { SdkDevice } from "../devices/sdk-device.ts";
import type { Random } from "../world/random.ts";
import type { World } from "../world/start-world.ts";
import { type Meeting, openMeetings, tokenOf } from "./people.ts";

const PLAIN_WRITERS = 12;
const SDK_WRITERS = 4;
/** Writers with a second device, which only listens. */
const SECOND_DEVICES = 3;
const LISTENERS = ["listener-1", "listener-2"];
/** Comes and goes with short tokens. */
export const VISITOR = "visitor";

const named = (from: number, count: number) => Array.from({ length: count }, (_, index) => `person-${from + index}`);

/** Everybody who is there. */
export interface Crowd {
  readonly meetings: readonly Meeting[];
  /** The first device of each writer, then second devices, then those of the listeners. */
  readonly devices: readonly Device[];
  readonly sdkDevices: readonly SdkDevice[];
  readonly listeners: readonly Device[];
}

/** Opens the conversations and connects everybody. */
export async function settleCrowd({ history, ways, straightWays }: World, random: Random): Promise<Crowd> {
  const plain = named(1, PLAIN_WRITERS);
  const withSdk = named(PLAIN_WRITERS + 1, SDK_WRITERS);
  const url = straightWays[0]?.url ?? "";
  const meetings = await openMeetings(url, [...plain, ...withSdk], [...LISTENERS, VISITOR]);
  for (const { id, userIds } of meetings) {
    for (const userId of userIds) history.write({ type: "member", conversationId: id, userId });
  }
  const connect = async (userId: string, name: string, index: number) => {
    const transports = index % 4 === 3 ? (["polling", "websocket"] as const) : (["websocket"] as const);
    const ordered = [...ways.slice(index % ways.length), ...ways.slice(0, index % ways.length)];
    const token = await tokenOf(userId);
    return new Device({ name, userId, token, ways: ordered, transports, history, random: random.fork() });
  };
  const devices = await Promise.all([
    ...plain.map((userId, index) => connect(userId, userId, index)),
    ...plain.slice(0, SECOND_DEVICES).map((userId, index) => connect(userId, `${userId}, second device`, index + 1)),
  ]);
  const listeners = await Promise.all(LISTENERS.map((userId, index) => connect(userId, userId, index)));
  const sdkDevices = await Promise.all(
    withSdk.map(async (userId, index) => {
      const way = ways[index % ways.length];
      if (way === undefined) throw new Error("There is no way to a server.");
      const device = new SdkDevice({ name: `${userId}, SDK`, userId, token: await tokenOf(userId), way, history });
      await device.open(meetings.filter(({ userIds }) => userIds.includes(userId)).map(({ id }) => id));
      return device;
    }),
  );
  return { meetings, devices: [...devices, ...listeners], sdkDevices, listeners };
}
