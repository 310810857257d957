import { createPart, ShownPart } from "@parley/react";
import type { ReactNode } from "react";
import { ParleyElement } from "./parley-element.tsx";

const popup = createPart(async () => (await import("./popup-view.ts")).Popup);

/** `<parley-popup>`: a button in the corner of the page, and the messages over it. */
export class ParleyPopup extends ParleyElement {
  /** Opens it, at one conversation when it is named. */
  open(conversationId?: string): void {
    if (conversationId !== undefined) this.setAttribute("conversation-id", conversationId);
    this.setAttribute("open", "");
  }

  close(): void {
    this.removeAttribute("open");
  }

  protected view(): ReactNode {
    const props = {
      open: this.hasAttribute("open"),
      conversationId: this.getAttribute("conversation-id") ?? undefined,
      teaser: this.getAttribute("teaser") ?? undefined,
      onOpenChange: this.#toggle,
    };
    // A page that misses nothing but a button is not told of it.
    return <ShownPart part={popup} props={props} waiting={null} missing={null} />;
  }

  readonly #toggle = (open: boolean): void => {
    if (open) this.open();
    else this.close();
  };
}
