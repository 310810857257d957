import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { openSocketIo } from "./open-socket-io.ts";

it("says that it was not reached when nobody speaks Socket.IO there, and stays silent once it is closed", async () => {
  const server = createServer((_request, response) => response.writeHead(404).end()).listen(0);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const heard: string[] = [];
  const handlers = (name: string, done: (problem: unknown) => void) => ({
    opened: () => heard.push(`${name} opened`),
    refused: (problem: unknown) => {
      heard.push(`${name} refused`);
      done(problem);
    },
    closed: () => heard.push(`${name} closed`),
    event: () => heard.push(`${name} event`),
  });
  const closed = openSocketIo(
    url,
    null,
    handlers("closed", () => undefined),
  );
  closed.close();
  const problem = await new Promise((resolve) => {
    const socket = openSocketIo(url, "token", handlers("open", resolve));
    socket.emit("presence:set", { status: "online" }, () => heard.push("acknowledged"));
  });
  expect(problem).toBeNull();
  expect(heard).toEqual(["open refused"]);
  await new Promise((resolve) => server.close(resolve));
});
