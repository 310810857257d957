// A device in a process of its own, so that it can be stopped while everybody else goes on: it tells its history to its parent.
import { createRandom } from "../world/random.ts";
import { Device } from "./device.ts";
import type { HistoryRecord } from "../history/history.ts";
import { tokenOf } from "../people/people.ts";

const [userId = "", name = "", url = "", server = ""] = process.argv.slice(2);
const tell = (record: HistoryRecord) => void process.send?.(record);

const device = new Device({
  name,
  userId,
  token: await tokenOf(userId),
  ways: [{ name: server, url }],
  transports: ["websocket"],
  random: createRandom(1),
  history: {
    file: "",
    write: tell,
    now: () => 0,
    invoke: () => {
      throw new Error("A reader only reads.");
    },
    close: async () => {},
  },
});

process.on("message", (conversationIds: string[]) => {
  // The process ends when all that it has told is with its parent.
  void device.tellViews(conversationIds).then(() => process.send?.(null, () => process.exit(0)));
});
process.on("disconnect", () => process.exit(0));
