import { rmSync } from "node:fs";
import {
  Agent,
  type ClientRequest,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as httpRequest,
  type Server,
  type ServerResponse,
} from "node:http";
import { connect } from "node:net";
import { basename, join } from "node:path";
import type { Duplex } from "node:stream";

/** As Engine.IO answers a session that it does not know: the client begins a new one. */
const UNKNOWN_SESSION = JSON.stringify({ code: 1, message: "Session ID unknown" });

const REFUSAL = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/** Begins the ids of the Engine.IO sessions that this worker holds. */
export const sessionPrefix = (slot: number): string => `${slot}.`;

/** Where a worker listens for the others. */
const privateAddress = (folder: string, slot: number): string =>
  process.platform === "win32" ? `\\\\.\\pipe\\${basename(folder)}-${slot}` : join(folder, `${slot}.sock`);

/** Between workers connections are kept. */
const agent = new Agent({ keepAlive: true });

interface Place {
  readonly slot: number;
  readonly folder: string;
}

/**
 * Long polling with several workers: the requests of one session come to any of them, and only one holds it. Its id names
 * the holder, and whoever else gets the request passes it on. Call it when the server has all of its listeners.
 * @returns how to close the private way in
 */
export async function forwardSessions(server: Server, { slot, folder }: Place): Promise<() => void> {
  const requestListeners = server.listeners("request");
  const upgradeListeners = server.listeners("upgrade");
  server.removeAllListeners("request").removeAllListeners("upgrade");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const holder = holderOf(request.url, slot);
    if (holder === null) for (const listener of requestListeners) listener.call(server, request, response);
    else passOn(request, response, privateAddress(folder, holder));
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const holder = holderOf(request.url, slot);
    if (holder === null) for (const listener of upgradeListeners) listener.call(server, request, socket, head);
    else passUpgradeOn(request, socket, head, privateAddress(folder, holder));
  });
  const inside = createServer();
  for (const name of ["request", "upgrade"]) inside.on(name, (...parts) => server.emit(name, ...parts));
  const address = privateAddress(folder, slot);
  // Whoever had this place before may have been killed.
  if (process.platform !== "win32") rmSync(address, { force: true });
  await new Promise<void>((resolve, reject) => {
    inside.once("error", reject).listen(address, resolve);
  });
  return () => {
    inside.close();
    inside.closeAllConnections();
  };
}

/** The other worker that holds the session which a request names; null: none, or this one. */
function holderOf(url = "", own: number): number | null {
  const named = /^\/socket\.io\/[^#]*[?&]sid=(\d{1,2})\./.exec(url)?.[1];
  return named === undefined || Number(named) === own ? null : Number(named);
}

function passOn(request: IncomingMessage, response: ServerResponse, socketPath: string): void {
  const refuse = (): void => {
    if (response.headersSent) response.destroy();
    else response.writeHead(400, { "content-type": "application/json" }).end(UNKNOWN_SESSION);
  };
  const inner = ask(request, socketPath);
  if (inner === null) {
    refuse();
    return;
  }
  inner.on("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, withoutHop(answer.headers));
    answer.pipe(response);
    answer.on("error", () => response.destroy());
  });
  inner.on("error", refuse);
  response.on("close", () => {
    if (!response.writableFinished) inner.destroy();
  });
  request.pipe(inner);
}

/** null: it cannot be asked again as it came. Its head goes out here, where what is wrong with it can be caught. */
function ask({ method, url: path, headers }: IncomingMessage, socketPath: string): ClientRequest | null {
  try {
    const inner = httpRequest({ socketPath, method, path, headers: withoutHop(headers), agent });
    inner.on("error", () => {});
    inner.flushHeaders();
    return inner;
  } catch {
    return null;
  }
}

/** What concerns one connection alone: each of the two says that for itself. */
const HOP = new Set(["connection", "keep-alive", "trailer", "te", "expect", "upgrade", "proxy-connection"]);

const withoutHop = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP.has(name)));

function passUpgradeOn(request: IncomingMessage, socket: Duplex, head: Buffer, socketPath: string): void {
  // Closed without an answer, a balancer would take this server for broken.
  const refuse = (): void => void socket.end(REFUSAL, () => socket.destroy());
  const inner = connect(socketPath);
  inner.once("error", refuse);
  inner.once("connect", () => {
    inner.off("error", refuse);
    inner.write(`${request.method} ${request.url} HTTP/1.1\r\n${headerLines(request.rawHeaders)}\r\n`);
    inner.write(head);
    socket.pipe(inner).pipe(socket);
    inner.on("error", () => inner.destroy());
    inner.on("close", () => socket.destroy());
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => inner.destroy());
}

function headerLines(raw: readonly string[]): string {
  let lines = "";
  for (let index = 0; index + 1 < raw.length; index += 2) lines += `${raw[index]}: ${raw[index + 1]}\r\n`;
  return lines;
}
