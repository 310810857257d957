import { openHttp } from "../wire/http.ts";
import { openWebSocket } from "../wire/web-socket.ts";
import { digitsOf, type Driver, MARK, readMarked, TEXT } from "./driver.ts";

/** Publishes by POST on a kept connection, hears the channel over a WebSocket. */
export const connectNchan: Driver = async ({ url, conversation: { conversationId } }, hooks) => {
  const port = Number(new URL(url).port);
  await openWebSocket(
    { port, path: `/sub?id=${conversationId}` },
    (bytes, from, to) => hooks.onMessage(readMarked(bytes, from, to)),
    hooks.onClose,
  );
  const isAccepted = (status: number) => status === 201 || status === 202;
  const post = await openHttp(port, (number, status) => hooks.onAnswer(number, isAccepted(status)), hooks.onClose);
  const head = [
    `POST /pub?id=${conversationId} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Content-Type: text/plain",
    `Content-Length: ${MARK.length + 12 + TEXT.length}`,
    "\r\n",
  ].join("\r\n");
  return (number) => post(number, head + MARK + digitsOf(number) + TEXT);
};
