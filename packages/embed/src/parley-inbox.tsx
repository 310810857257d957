import { inbox, ShownPart } from "@parley/react";
import type { ReactNode } from "react";
import { ParleyElement } from "./parley-element.tsx";

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
    const conversationId = this.getAttribute("conversation-id");
    return <ShownPart part={inbox} props={{ conversationId, onConversationChange: this.#show }} waiting={null} />;
  }

  readonly #show = (conversationId: string | null): void => {
    if (conversationId === null) this.close();
    else this.open(conversationId);
  };
}
