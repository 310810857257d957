import type { ChatClient } from "@parley/client";
import { createContext, useContext } from "react";
import type { ComposerStore } from "./composer-store.ts";
import type { Locale } from "./labels/catalogue.ts";
import type { Formats } from "./labels/formats.ts";
import type { Labels } from "./labels/labels.ts";

export interface ChatContextValue {
  readonly client: ChatClient;
  readonly locale: Locale;
  readonly labels: Labels;
  readonly formats: Formats;
  readonly composers: ComposerStore;
}

export const ChatContext = createContext<ChatContextValue | null>(null);

/** What the provider holds. Throws outside of a `ChatProvider`. */
export function useChat(): ChatContextValue {
  const value = useContext(ChatContext);
  if (value === null) throw new Error("Put a ChatProvider around Parley's components and hooks.");
  return value;
}
