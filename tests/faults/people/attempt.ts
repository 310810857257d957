import type { Conversation, Message, Problem } from "@parley/protocol";
import { call } from "../devices/call.ts";
import type { Device } from "../devices/device.ts";
import type { Way } from "../devices/way.ts";
import type { HistoryWriter } from "../history/history-file.ts";
import { type Answer, type Operation, sightingOf } from "../history/history.ts";

/** `again`: its outcome is not known, or the server said "not now". */
export type Outcome = { readonly is: "done"; readonly answer: Answer } | { readonly is: "again" | "refused" };

interface Request {
  readonly command: string | null;
  readonly input: object;
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

interface AttemptOptions {
  readonly history: HistoryWriter;
  /** null: over the device's socket. */
  readonly byHttp: Way | null;
  readonly timeoutMs: number;
}

/** One attempt of a person at one thing, written down with its outcome. */
export async function attempt(device: Device, operation: Operation, options: AttemptOptions): Promise<Outcome> {
  const { history, byHttp, timeoutMs } = options;
  const request = requestOf(operation);
  const way = byHttp ?? (request.command === null ? device.way : null);
  const pending = history.invoke({
    by: device.userId,
    server: (way ?? device.way).name,
    via: way === null ? "socket" : "http",
    patienceMs: timeoutMs,
    operation,
  });
  try {
    const { body, problem } =
      way === null
        ? await overSocket(device, request, timeoutMs)
        : await call({ ...request, url: way.url, token: device.token, timeoutMs });
    if (problem === null) {
      const answer = answerOf(operation, body);
      pending.ok(answer);
      return { is: "done", answer };
    }
    if (problem.retryable) pending.unknown(problem.code);
    else pending.refused(problem.code);
    return { is: problem.retryable ? "again" : "refused" };
  } catch (error) {
    pending.unknown((error as Error).message);
    return { is: "again" };
  }
}

async function overSocket({ socket }: Device, { command, input }: Request, timeoutMs: number) {
  if (!socket.connected) throw new Error("not connected");
  const outcome = (await socket.timeout(timeoutMs).emitWithAck(command ?? "", input)) as
    | { ok: true }
    | { ok: false; error: Problem };
  return { body: outcome as unknown, problem: outcome.ok ? null : outcome.error };
}

function requestOf(operation: Operation): Request {
  switch (operation.do) {
    case "send": {
      const { conversationId, clientMessageId, body: content } = operation;
      const body = { clientMessageId, content };
      const path = `/api/conversations/${conversationId}/messages`;
      return { command: "message:send", input: { conversationId, ...body }, method: "POST", path, body };
    }
    case "edit": {
      const { messageId, body: content } = operation;
      const path = `/api/messages/${messageId}`;
      return { command: "message:edit", input: { messageId, content }, method: "PATCH", path, body: { content } };
    }
    case "delete": {
      const { messageId } = operation;
      return { command: "message:delete", input: { messageId }, method: "DELETE", path: `/api/messages/${messageId}` };
    }
    case "move": {
      const { conversationId, seq } = operation;
      const path = `/api/conversations/${conversationId}/read`;
      return { command: "receipt:read", input: { conversationId, seq }, method: "POST", path, body: { seq } };
    }
    case "read":
      return reading(`/api/conversations/${operation.conversationId}/messages?limit=50`);
    case "look":
      return reading(`/api/conversations/${operation.conversationId}`);
    default:
      throw new Error(`People do not ${operation.do}.`);
  }
}

const reading = (path: string): Request => ({ command: null, input: {}, method: "GET", path });

function answerOf(operation: Operation, body: unknown): Answer {
  if (operation.do === "read") return { messages: (body as { messages: Message[] }).messages.map(sightingOf) };
  if (operation.do === "look") {
    const { lastSeq, participants } = (body as { conversation: Conversation }).conversation;
    return {
      lastSeq,
      standings: participants.map(({ user, readSeq, deliveredSeq }) => ({ userId: user.id, readSeq, deliveredSeq })),
    };
  }
  if (operation.do === "move") return {};
  return { message: sightingOf((body as { message: Message }).message) };
}
