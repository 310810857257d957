import { chatbox, ShownPart } from "@parley/react";
import type { ReactNode } from "react";
import { ParleyElement } from "./parley-element.tsx";

/** `<parley-chatbox conversation-id>`: one conversation. Fills the height that the page gives it. */
export class ParleyChatbox extends ParleyElement {
  /** Shows this conversation. */
  open(conversationId: string): void {
    this.setAttribute("conversation-id", conversationId);
  }

  /** Shows none. */
  close(): void {
    this.removeAttribute("conversation-id");
  }

  protected view(): ReactNode {
    const conversationId = this.getAttribute("conversation-id");
    if (conversationId === null || conversationId === "") return null;
    return <ShownPart part={chatbox} props={{ conversationId }} waiting={null} />;
  }
}
