// The floor below all floors: what comes in on a TCP connection is written to everybody of its group, one call each.
import { createServer, type Socket } from "node:net";

/** The name of a group is the first line that a connection says. */
const NAME_LENGTH = 36 + 1;
const groups = new Map<string, Set<Socket>>();

const server = createServer({ noDelay: true }, (socket) => {
  let group: Set<Socket> | null = null;
  socket.on("data", (bytes) => {
    let message = bytes;
    if (group === null) {
      group = enter(bytes.toString("latin1", 0, NAME_LENGTH - 1), socket);
      message = bytes.subarray(NAME_LENGTH);
    }
    if (message.length > 0) for (const one of group) one.write(message);
  });
  socket.on("close", () => group?.delete(socket));
  socket.on("error", () => socket.destroy());
});
server.listen(Number(process.env["PORT"]), "127.0.0.1");

function enter(name: string, socket: Socket): Set<Socket> {
  const group = groups.get(name) ?? new Set();
  groups.set(name, group.add(socket));
  return group;
}
