import type { Message } from "@parley/protocol";
import { createContext, useContext } from "react";
import type { MenuAnchor } from "../components/menu.ts";

/** What a row can ask of its list. Stays the same as long as the list stands. */
export interface ListActions {
  openMenu(message: Message, anchor: MenuAnchor, row: HTMLElement | null): void;
  /** The frequent emoji beside the anchor, and all the others behind them. */
  openReactions(message: Message, anchor: HTMLElement | DOMRect): void;
  /** Adds the reader's reaction, or takes it back. */
  toggleReaction(message: Message, emoji: string): void;
  reply(message: Message): void;
  showMessage(seq: number): void;
}

const nothing = () => {};

/** A message that stands outside of a list has nobody to ask. */
export const ListActionsContext = createContext<ListActions>({
  openMenu: nothing,
  openReactions: nothing,
  toggleReaction: nothing,
  reply: nothing,
  showMessage: nothing,
});

export const useListActions = (): ListActions => useContext(ListActionsContext);
