import type { ChatClient } from "@parley/client";
import type { Message } from "@parley/protocol";
import { createContext, useContext } from "react";
import type { ComposerStore } from "./composer-store.ts";
import type { Locale } from "./labels/catalogue.ts";
import type { Formats } from "./labels/formats.ts";
import type { Labels } from "./labels/labels.ts";
import type { LabelOverrides } from "./labels/override-labels.ts";
import type { Place } from "./message-list/place.ts";
import type { SendGuard } from "./send-guard.ts";
import type { SlotResolver } from "./slot-resolver.ts";

/** How the embedded kit looks; what is left out follows the page. */
export interface Appearance {
  readonly theme: "light" | "dark" | "auto" | undefined;
  readonly density: "comfortable" | "compact" | undefined;
  readonly dir: "ltr" | "rtl" | undefined;
}

export interface ChatContextValue {
  readonly client: ChatClient;
  readonly locale: Locale;
  readonly labels: Labels;
  /** The host's own texts; they lie over `labels` already, and over what `useLaterLabels` brings. */
  readonly overrides: LabelOverrides | undefined;
  readonly formats: Formats;
  readonly composers: ComposerStore;
  /** By conversation: where its reader was when they went elsewhere. */
  readonly places: Map<string, Place>;
  /** `history`: one was on screen, whole. */
  readonly shown: { history: boolean };
  /** Enter sends, where there is a keyboard; else it makes a new line. */
  readonly enterSends: boolean;
  /** The address at which a message opens, null when the host gives none. */
  linkFor(message: Message): string | null;
  /** Where the host replaces parts of the kit. */
  readonly slots: SlotResolver;
  /** The host wants to be asked before a message leaves; null when it does not. */
  readonly guardSend: SendGuard | null;
  readonly appearance: Appearance;
  /** A conversation came on screen. */
  opened(conversationId: string): void;
}

export const ChatContext = createContext<ChatContextValue | null>(null);

/** What the provider holds. Throws outside of a `ChatProvider`. */
export function useChat(): ChatContextValue {
  const value = useContext(ChatContext);
  if (value === null) throw new Error("Put a ChatProvider around Parley's components and hooks.");
  return value;
}
