import { describe, expect, it, vi } from "vitest";
import { AppError } from "../../platform/app-error.ts";
import { createMessageAppender } from "./create-message-appender.ts";
import type { AppendRequest } from "./message-appender.ts";
import type { AppendedRow, AppendOutcome } from "./store.ts";

const request: AppendRequest = {
  conversationId: "01a1fba7-bdef-7061-a669-1e9bc9fadf58",
  senderId: "ana",
  clientMessageId: "c-1",
  kind: "text",
  content: "Hello",
  byHost: false,
  adminsOnly: false,
  replyToSeq: null,
  mentions: [],
};

const row = (outcome: AppendOutcome): AppendedRow => ({
  ord: 1,
  outcome,
  id: "01a1fba7-be0d-748d-8dad-3268dffb2740",
  conversation_id: request.conversationId,
  seq: 1,
  version: 2,
  client_message_id: request.clientMessageId,
  sender_id: "ana",
  kind: "text",
  content: request.content,
  reply_seq: null,
  reply_id: null,
  reply_sender_id: null,
  reply_excerpt: null,
  mentions: null,
  reactions: null,
  pinned_at: null,
  created_at: "2026-11-21T09:00:00.000Z",
  edited_at: null,
  deleted_at: null,
  recipients: outcome === "accepted" ? ["ana", "ben"] : null,
  sender_was_behind: outcome === "accepted" ? false : null,
});

function setUp(answers: (() => Promise<AppendedRow[]>)[], version = 2) {
  const toParticipants = vi.fn<(...args: unknown[]) => void>();
  const emit = vi.fn<(...args: unknown[]) => void>();
  const deps = {
    db: {
      append: () => answers.shift()?.() ?? Promise.resolve([]),
      query: () => Promise.resolve([{ version, recipients: ["ana", "ben"] }]),
    },
    fanOut: { toParticipants },
    bus: { emit },
    clock: { now: () => Date.parse("2026-11-21T09:00:00Z") },
    metrics: { batchAppended: vi.fn<(...args: unknown[]) => void>() },
    logger: { warn: vi.fn<(...args: unknown[]) => void>() },
  };
  const appender = createMessageAppender(deps as unknown as Parameters<typeof createMessageAppender>[0], 2);
  return { appender, toParticipants, emit };
}

const answer = (outcome: AppendOutcome) => () => Promise.resolve([row(outcome)]);
const lost = () => Promise.reject(new AppError("unavailable"));

describe("the write path, after the database has answered", () => {
  it("tells everybody who takes part, once, and not for a repeat", async () => {
    const { appender, toParticipants } = setUp([answer("accepted"), answer("repeated")]);
    const first = await appender.append(request);
    const second = await appender.append(request);
    expect(first).toMatchObject({ repeated: false, message: { seq: 1, version: 2 } });
    expect(second).toEqual({ ...first, repeated: true });
    expect(toParticipants).toHaveBeenCalledTimes(1);
    expect(toParticipants).toHaveBeenCalledWith(request.conversationId, ["ana", "ben"], "message:new", first.message);
  });

  it("refuses with the database's reason and tells nobody", async () => {
    const { appender, toParticipants, emit } = setUp([answer("conversation_locked")]);
    await expect(appender.append(request)).rejects.toMatchObject({ code: "conversation_locked" });
    expect(toParticipants).not.toHaveBeenCalled();
    expect(emit).not.toHaveBeenCalled();
  });

  it("still owes the event of a message whose commit was never answered", async () => {
    const { appender, toParticipants, emit } = setUp([lost, answer("repeated"), answer("repeated")]);
    await expect(appender.append(request)).rejects.toMatchObject({ code: "unavailable" });
    const { message } = await appender.append(request);
    await vi.waitFor(() => expect(toParticipants).toHaveBeenCalledTimes(1));
    expect(toParticipants).toHaveBeenCalledWith(request.conversationId, ["ana", "ben"], "message:new", message);
    expect(emit).toHaveBeenCalledTimes(1);
    await appender.append(request);
    await new Promise((resolve) => setImmediate(resolve));
    expect(toParticipants).toHaveBeenCalledTimes(1);
  });

  it("leaves it to the catch-up when something newer has been told since", async () => {
    const { appender, toParticipants } = setUp([lost, answer("repeated"), answer("repeated")], 3);
    await expect(appender.append(request)).rejects.toMatchObject({ code: "unavailable" });
    await appender.append(request);
    await appender.append(request);
    expect(toParticipants).not.toHaveBeenCalled();
  });
});
