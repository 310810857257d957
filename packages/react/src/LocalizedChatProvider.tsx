import type { ChatClient } from "@parley/client";
import type { Message } from "@parley/protocol";
import { type ReactNode, useCallback, useEffect, useMemo } from "react";
import { type Appearance, ChatContext, type ChatContextValue } from "./chat-context.ts";
import { createComposerStore } from "./composer-store.ts";
import { useLatest } from "./hooks/useLatest.ts";
import { useReportPresence } from "./hooks/useReportPresence.ts";
import { useStable } from "./hooks/useStable.ts";
import type { Locale } from "./labels/catalogue.ts";
import { createFormats } from "./labels/formats.ts";
import type { Labels } from "./labels/labels.ts";
import { type LabelOverrides, overrideLabels } from "./labels/override-labels.ts";
import { createSendGuard, type OnSend } from "./send-guard.ts";
import { createSlotResolver } from "./slot-resolver.ts";
import type { SlotProps, Slots } from "./slots.ts";
import { asHostProblem, type ChatProblem, watchChat } from "./watch-chat.ts";

export interface ChatCallbacks {
  /** The unread total changed; for the host's own badge. */
  readonly onUnread?: (total: number) => void;
  /** Before a new message leaves. `false`, or a promise of it, keeps it in the composer. */
  readonly onSend?: OnSend;
  /** A conversation was opened on screen. */
  readonly onOpen?: (conversationId: string) => void;
  readonly onError?: (problem: ChatProblem) => void;
  /** The address at which the host's page opens a message; without it no links to messages are offered. */
  readonly linkFor?: (message: Message) => string | null;
}

export interface LocalizedChatProviderProps extends Partial<Appearance>, ChatCallbacks {
  readonly client: ChatClient;
  readonly locale: Locale;
  /** What the kit says in this language; see `loadLabels`. */
  readonly catalogue: Labels;
  /** false: Enter makes a new line, and Control or Command with it sends. */
  readonly enterSends?: boolean;
  /** Replaces single texts of the catalogue. */
  readonly labels?: LabelOverrides;
  /** Replaces parts of the kit. */
  readonly slots?: Slots;
  /** Gives parts of the kit more props. */
  readonly slotProps?: SlotProps;
  readonly children: ReactNode;
}

/** A `ChatProvider` for pages that fetch the language in use alone. */
export function LocalizedChatProvider(props: LocalizedChatProviderProps) {
  const { client, locale, catalogue, enterSends = true, theme, density, dir, children } = props;
  useReportPresence(client);
  const callbacks = useCallbacks(props);
  const overrides = useStable(props.labels);
  const slots = useStable(props.slots);
  const slotProps = useStable(props.slotProps);
  const kept = useMemo(
    () => ({ composers: createComposerStore(client), places: new Map(), shown: { history: false } }),
    [client],
  );
  const resolver = useMemo(() => createSlotResolver(slots, slotProps), [slots, slotProps]);
  const value = useMemo<ChatContextValue>(() => {
    const texts = overrideLabels(catalogue, overrides);
    return {
      client,
      locale,
      labels: texts,
      overrides,
      formats: createFormats(locale, texts),
      enterSends,
      ...kept,
      slots: resolver,
      appearance: { theme, density, dir },
      ...callbacks,
    };
  }, [client, locale, catalogue, overrides, enterSends, kept, resolver, theme, density, dir, callbacks]);
  useWatch(client, props);
  return <ChatContext value={value}>{children}</ChatContext>;
}

/** Callbacks that stay the same, whatever functions the host writes in place. */
function useCallbacks(props: ChatCallbacks): Pick<ChatContextValue, "guardSend" | "opened" | "linkFor"> {
  const latest = useLatest(props);
  const asked = props.onSend !== undefined;
  return useMemo(
    () => ({
      guardSend: asked
        ? createSendGuard(
            (message) => latest.current.onSend?.(message),
            (error) => latest.current.onError?.(asHostProblem(error)),
          )
        : null,
      opened: (conversationId: string) => latest.current.onOpen?.(conversationId),
      linkFor: (message: Message) => latest.current.linkFor?.(message) ?? null,
    }),
    [asked, latest],
  );
}

function useWatch(client: ChatClient, props: ChatCallbacks): void {
  const latest = useLatest(props);
  const watch = useCallback(
    () =>
      watchChat(client.store, {
        unread: (total) => latest.current.onUnread?.(total),
        error: (problem) => latest.current.onError?.(problem),
      }),
    [client, latest],
  );
  useEffect(watch, [watch]);
}
