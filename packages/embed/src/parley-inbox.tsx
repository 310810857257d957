import { lazy, type ReactNode, Suspense } from "react";
import { ParleyElement } from "./parley-element.tsx";

const Inbox = lazy(async () => ({ default: (await import("./inbox-view.ts")).Inbox }));

/** `<parley-inbox>`: all conversations and one of them. Fills the height that the page gives it. */
export class ParleyInbox extends ParleyElement {
  /** Shows a conversation; without one the first look at the list. */
  open(conversationId?: string): void {
    if (conversationId !== undefined) this.setAttribute("conversation-id", conversationId);
  }

  /** Back to the list. */
  close(): void {
    this.removeAttribute("conversation-id");
  }

  protected view(): ReactNode {
    return (
      <Suspense>
        <Inbox conversationId={this.getAttribute("conversation-id")} onConversationChange={this.#show} />
      </Suspense>
    );
  }

  readonly #show = (conversationId: string | null): void => {
    if (conversationId === null) this.close();
    else this.open(conversationId);
  };
}
