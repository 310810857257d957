import type { Random } from "../world/random.ts";
import type { World } from "../world/start-world.ts";
import { comeAndGo } from "./come-and-go.ts";
import { knockUntil } from "./knock.ts";
import { passBy } from "./pass-by.ts";
import { type Crowd, VISITOR } from "./settle-crowd.ts";
import { writeUntil } from "./write-until.ts";

interface Living {
  readonly world: World;
  readonly crowd: Crowd;
  readonly random: Random;
  /** Mean pause of each writer in each conversation, in milliseconds. */
  readonly pauseMs: number;
  readonly isOver: () => boolean;
}

/** Everybody does what they do until it is over; resolves when all that was begun is answered. */
export async function liveUntil({ world, crowd, random, pauseMs, isOver }: Living): Promise<void> {
  const { history, straightWays } = world;
  const { meetings, devices, sdkDevices, listeners } = crowd;
  const writing = meetings.flatMap(({ id: conversationId, userIds }) =>
    userIds.map((userId) => {
      const sending = { conversationId, random: random.fork(), pauseMs, isOver };
      const sdkDevice = sdkDevices.find((device) => device.userId === userId);
      if (sdkDevice !== undefined) return sdkDevice.writeUntil(sending);
      const device = devices.find((candidate) => candidate.userId === userId);
      if (device === undefined || listeners.includes(device)) return null;
      return writeUntil({ device, history, ...sending });
    }),
  );
  const coming = listeners.map((device, index) => {
    const conversationId = meetings.filter(({ userIds }) => userIds.includes(device.userId))[index]?.id ?? "";
    return comeAndGo({ device, conversationId, history, random: random.fork(), isOver });
  });
  const knocking = knockUntil({
    ways: straightWays,
    history,
    random: random.fork(),
    conversationIds: meetings.map(({ id }) => id),
    messageIds: () =>
      devices[0]?.held
        .all()
        .map(({ id }) => id)
        .slice(-50) ?? [],
    isOver,
  });
  const passing = passBy({ userId: VISITOR, ways: straightWays, history, random: random.fork(), isOver });
  await Promise.all([...writing, ...coming, knocking, passing]);
}
