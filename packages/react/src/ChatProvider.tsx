import type { ChatClient } from "@parley/client";
import { type ReactNode, useMemo } from "react";
import { ChatContext, type ChatContextValue } from "./chat-context.ts";
import { createComposerStore } from "./composer-store.ts";
import { useReportPresence } from "./hooks/useReportPresence.ts";
import { catalogue, type Locale } from "./labels/catalogue.ts";
import { createFormats } from "./labels/formats.ts";
import type { Labels } from "./labels/labels.ts";

export interface ChatProviderProps {
  readonly client: ChatClient;
  readonly locale?: Locale;
  /** Replaces single texts of the catalogue. Keep the object stable between renders. */
  readonly labels?: Partial<Labels>;
  readonly children: ReactNode;
}

/** Gives the kit its chat client and its language. The host connects and closes the client. */
export function ChatProvider({ client, locale = "en", labels: overrides, children }: ChatProviderProps) {
  useReportPresence(client);
  const composers = useMemo(() => createComposerStore(client), [client]);
  const value = useMemo<ChatContextValue>(() => {
    const labels = { ...catalogue[locale], ...overrides };
    return { client, locale, labels, formats: createFormats(locale, labels), composers };
  }, [client, locale, overrides, composers]);
  return <ChatContext value={value}>{children}</ChatContext>;
}
