import type { EndpointResult } from "@parley/protocol";
import { type ChatClient, createChatClient, sessionOver } from "@parley/client";
import { ChatProvider, ChatWindow } from "@parley/react";
import { renderToString } from "react-dom/server";
import type { Preferences } from "./preferences.ts";

/** Answers to the app's first requests, by method and address. */
export type FirstAnswers = Readonly<Record<string, unknown>>;

/** How it looks, as was chosen on this device. */
type Look = Pick<Preferences, "locale" | "density">;

/** More than a screen shows; the app brings the rest. */
const SHOWN = 16;
/** Texts of more characters may become thousands of elements, each of which takes the server's time. */
const LONGEST_TEXTS = 6_000;
/** With more that is unread the app does not open at the end. */
const UNREAD_AT_END = 2;

/**
 * What the app will show first in a conversation, as HTML, made by the server: the same components over the same client, which gets its
 * answers from the page and asks nobody. Resolves to an empty text where the app would begin with something else.
 */
export async function renderFirstPaint(answers: FirstAnswers, conversationId: string, look: Look): Promise<string> {
  const client = createChatClient({
    url: "http://page.invalid",
    fetch: async (input, init) => answerFrom(answers, new Request(input, { method: init?.method ?? "GET" })),
    openSession: sessionOver(() => ({ emit: () => {}, close: () => {} })),
  });
  try {
    client.connect();
    await client.messages.load(conversationId);
    await client.messages.loadPins(conversationId).catch(() => {});
    return opensAtEnd(client, conversationId) ? renderToString(page(client, conversationId, look)) : "";
  } finally {
    await client.close();
  }
}

/** The frame of `InboxLayout`, with the conversation alone. */
function page(client: ChatClient, conversationId: string, { locale, density }: Look) {
  return (
    <ChatProvider client={client} locale={locale} density={density}>
      <div className="inbox" data-selected="true">
        <div className="inbox-list" />
        <div className="inbox-chat">
          <ChatWindow conversationId={conversationId} backHref="/" />
        </div>
      </div>
    </ChatProvider>
  );
}

function opensAtEnd({ store }: ChatClient, conversationId: string): boolean {
  const { conversations, messages } = store.getState();
  const conversation = conversations.get(conversationId);
  const shown = messages.get(conversationId)?.items ?? [];
  const characters = shown.reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
  if (shown.length === 0 || characters > LONGEST_TEXTS) return false;
  return conversation !== undefined && conversation.unread <= UNREAD_AT_END;
}

function answerFrom(answers: FirstAnswers, { url, method }: Request): Response {
  const { pathname, search } = new URL(url);
  const answer = answers[`${method} ${pathname}${search}`];
  if (answer === undefined) return Response.json({}, { status: 404 });
  return Response.json(pathname.endsWith("/messages") ? newestOf(answer as EndpointResult<"listMessages">) : answer);
}

const newestOf = ({ messages, hasMore }: EndpointResult<"listMessages">): EndpointResult<"listMessages"> => ({
  messages: messages.slice(-SHOWN),
  hasMore: hasMore || messages.length > SHOWN,
});
