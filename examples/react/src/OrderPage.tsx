import type { ChatClient } from "@parley/client";
import { type AvatarProps, Chatbox, ChatProvider, type OutgoingMessage, Popup } from "@parley/react";
import { useState } from "react";

/** A card number has no business in a chat: the message stays in the composer. */
const mayLeave = ({ content }: OutgoingMessage) => !/\b\d{16}\b/.test(content);

/** The host's own pictures of people. */
function MarketAvatar({ user }: AvatarProps) {
  return (
    <span className="market-avatar" aria-hidden="true">
      {user.name.slice(0, 1)}
    </span>
  );
}

export interface OrderPageProps {
  readonly client: ChatClient;
  readonly conversationId: string;
  readonly name: string;
}

/** The page of an order, with the conversation about it beside, and all messages in the corner. */
export function OrderPage({ client, conversationId, name }: OrderPageProps) {
  const [unread, setUnread] = useState(0);
  const [asking, setAsking] = useState(false);
  return (
    <ChatProvider
      client={client}
      locale="en"
      theme="light"
      labels={{ composerPlaceholder: "Write about this order …" }}
      slots={{ Avatar: MarketAvatar }}
      onUnread={setUnread}
      onSend={mayLeave}
    >
      <header className="market-header">Market · signed in as {name}</header>
      <main>
        <section>
          <h1>Order A-1042</h1>
          <p>Logo for a bakery, three drafts. Due on Friday.</p>
          <p>
            Unread messages: <output id="unread">{unread}</output>
          </p>
          <button type="button" onClick={() => setAsking(true)}>
            Ask about this order
          </button>
        </section>
        <Chatbox className="chat" conversationId={conversationId} />
      </main>
      <Popup open={asking} onOpenChange={setAsking} teaser="Questions? We are here." />
    </ChatProvider>
  );
}
