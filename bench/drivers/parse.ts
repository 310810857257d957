import { openHttp } from "../wire/http.ts";
import { openWebSocket, type TextSocket } from "../wire/web-socket.ts";
import { digitsOf, type Driver, type Hooks, MARK, type Person, readMarked, TEXT, watchOpening } from "./driver.ts";

export const APP_ID = "bench";
const CREATED = Buffer.from('{"op":"create"');

/** Parse's REST interface over one kept connection, and its LiveQuery over a WebSocket. */
export const connectParse: Driver = async ({ url, conversation, side }, hooks) => {
  const { conversationId, people } = conversation;
  const me = people[side];
  if (me === undefined) throw new Error("Nobody sits there.");
  const port = Number(new URL(url).port);
  await subscribe(port, conversationId, me, hooks);
  const post = await openHttp(port, (number, status) => hooks.onAnswer(number, status === 201), hooks.onClose);
  const acl = Object.fromEntries(people.map(({ id }) => [id, { read: true }]));
  const before = `{"conversation":"${conversationId}","ACL":${JSON.stringify(acl)},"clientMessageId":"${MARK}`;
  const after = `","text":"${TEXT}"}`;
  const head = [
    "POST /parse/classes/Message HTTP/1.1",
    `Host: 127.0.0.1:${port}`,
    "Content-Type: application/json",
    `X-Parse-Application-Id: ${APP_ID}`,
    `X-Parse-Session-Token: ${me.token}`,
    `Content-Length: ${before.length + 12 + after.length}`,
    "\r\n",
  ].join("\r\n");
  return (number) => post(number, head + before + digitsOf(number) + after);
};

async function subscribe(port: number, conversation: string, { token }: Person, hooks: Hooks): Promise<void> {
  const opening = watchOpening(hooks, "LiveQuery");
  const isCreated = (bytes: Buffer, from: number) =>
    bytes.compare(CREATED, 0, CREATED.length, from, from + CREATED.length) === 0;
  let socket: TextSocket | null = null;
  const onText = (bytes: Buffer, from: number, to: number) => {
    if (isCreated(bytes, from)) return hooks.onMessage(readMarked(bytes, from, to));
    const { op } = JSON.parse(bytes.toString("utf8", from, to)) as { op: string };
    if (op === "connected") {
      const query = { className: "Message", where: { conversation } };
      socket?.send(JSON.stringify({ op: "subscribe", requestId: 1, query, sessionToken: token }));
    } else if (op === "subscribed") opening.admit();
    else opening.close(new Error(`LiveQuery: ${bytes.toString("utf8", from, to)}`));
  };
  socket = await openWebSocket({ port, path: "/parse" }, onText, opening.close);
  socket.send(JSON.stringify({ op: "connect", applicationId: APP_ID, sessionToken: token }));
  await opening.opened;
}
