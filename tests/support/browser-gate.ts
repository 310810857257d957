import type { BrowserContext, WebSocketRoute } from "playwright-core";

/** Stands between the windows of one context and the server. */
export interface Gate {
  /** Ends open sockets, and lets none through, neither as WebSocket nor as polling. */
  closeSockets(): Promise<void>;
  /** Lets requests through that fit, none of the other ones to the API. */
  onlyRequests(fits: (method: string, path: string) => boolean): void;
  open(): void;
}

/** Must be made before the context's first page. */
export async function gateFor(context: BrowserContext): Promise<Gate> {
  const isSocket = ({ pathname }: URL) => pathname.startsWith("/socket.io/");
  const sockets = new Set<WebSocketRoute>();
  let socketsPass = true;
  let passes: (method: string, path: string) => boolean = () => true;
  await context.routeWebSocket(isSocket, (socket) => {
    if (!socketsPass) {
      void socket.close();
      return;
    }
    sockets.add(socket);
    socket.connectToServer();
  });
  await context.route(isSocket, (route) => (socketsPass ? route.continue() : route.abort()));
  await context.route(
    ({ pathname }) => pathname.startsWith("/api/"),
    (route, request) => (passes(request.method(), new URL(request.url()).pathname) ? route.continue() : route.abort()),
  );
  return {
    closeSockets: async () => {
      socketsPass = false;
      await Promise.all([...sockets].map((socket) => socket.close()));
      sockets.clear();
    },
    onlyRequests: (fits) => {
      passes = fits;
    },
    open: () => {
      socketsPass = true;
      passes = () => true;
    },
  };
}
