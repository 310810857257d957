import type { ComponentType } from "react";
import type { AvatarProps } from "./components/Avatar.tsx";
import type { ChatHeaderProps } from "./components/ChatHeader.tsx";
import type { ComposerProps } from "./components/Composer.tsx";
import type { ConversationItemProps } from "./components/ConversationItem.tsx";
import type { DateSeparatorProps } from "./components/DateSeparator.tsx";
import type { EmptyStateProps } from "./components/EmptyState.tsx";
import type { MessageBubbleProps } from "./components/bubble-props.ts";
import type { SystemMessageProps } from "./components/SystemMessage.tsx";
import type { TypingIndicatorProps } from "./components/TypingIndicator.tsx";
import type { SlotName } from "./slot-resolver.ts";

/** What each replaceable part is given. */
interface PropsOfSlots extends Record<SlotName, object> {
  Avatar: AvatarProps;
  ChatHeader: ChatHeaderProps;
  Composer: ComposerProps;
  ConversationItem: ConversationItemProps;
  DateSeparator: DateSeparatorProps;
  EmptyState: EmptyStateProps;
  MessageBubble: MessageBubbleProps;
  SystemMessage: SystemMessageProps;
  TypingIndicator: TypingIndicatorProps;
}

/** Components of the host in the place of the kit's. They may render the kit's own, which is exported under the same name. */
export type Slots = { readonly [Name in SlotName]?: ComponentType<PropsOfSlots[Name]> };

/** More props for parts of the kit, laid over those that the kit gives. */
export type SlotProps = { readonly [Name in SlotName]?: Partial<PropsOfSlots[Name]> };
