import type { BrowserContext, Page } from "playwright-core";

/** Lets a window's sockets open, and holds up what goes over them in one direction. What is held is never passed on. */
export interface SocketGate {
  /** Messages that the window sends do not reach the server. */
  holdSends(): void;
  /** Whatever the server says does not reach the window. */
  holdAnswers(): void;
  /** How many sends were held. */
  held(): number;
  open(): void;
}

/** Must be made before the first page of the context, or before the page's first address. */
export async function socketGateFor(target: BrowserContext | Page): Promise<SocketGate> {
  let holdsSends = false;
  let holdsAnswers = false;
  let held = 0;
  await target.routeWebSocket(
    ({ pathname }) => pathname.startsWith("/socket.io/"),
    (window) => {
      const server = window.connectToServer();
      window.onMessage((frame) => {
        const isSend = typeof frame === "string" && frame.includes('["message:send"');
        if (isSend && holdsSends) held += 1;
        else server.send(frame);
      });
      server.onMessage((frame) => {
        if (!holdsAnswers) window.send(frame);
      });
    },
  );
  return {
    holdSends: () => (holdsSends = true),
    holdAnswers: () => (holdsAnswers = true),
    held: () => held,
    open: () => {
      holdsSends = false;
      holdsAnswers = false;
    },
  };
}
