export { ChatProvider, type ChatProviderProps } from "./ChatProvider.tsx";
export {
  type ChatCallbacks,
  LocalizedChatProvider,
  type LocalizedChatProviderProps,
} from "./LocalizedChatProvider.tsx";
export { type Appearance, type ChatContextValue, useChat } from "./chat-context.ts";
export { Announcer } from "./components/Announcer.tsx";
export { Avatar, type AvatarProps, GroupAvatar } from "./components/Avatar.tsx";
export { ChatHeader, type ChatHeaderProps } from "./components/ChatHeader.tsx";
export { ChatWindow, type ChatWindowHandle, type ChatWindowProps } from "./components/ChatWindow.tsx";
export { Composer, Composer as MessageInput, type ComposerHandle, type ComposerProps } from "./components/Composer.tsx";
export { ConnectionBanner } from "./components/ConnectionBanner.tsx";
export { ConversationItem, type ConversationItemProps } from "./components/ConversationItem.tsx";
export {
  ConversationList,
  type ConversationListHandle,
  type ConversationListProps,
} from "./components/ConversationList.tsx";
export { DateSeparator } from "./components/DateSeparator.tsx";
export { EmptyState, type EmptyStateProps } from "./components/EmptyState.tsx";
export { JumpToLatest } from "./components/JumpToLatest.tsx";
export type { MessageBubbleProps } from "./components/bubble-props.ts";
export { MessageBubble } from "./components/MessageBubble.tsx";
export { MessageList, type MessageListProps } from "./components/MessageList.tsx";
export type { MessageListHandle } from "./message-list/useJumps.ts";
export { CompletionList, type CompletionListProps } from "./components/CompletionList.tsx";
export { EmojiPicker, type EmojiPickerProps } from "./components/EmojiPicker.tsx";
export { JumpBack } from "./components/JumpBack.tsx";
export { MessageInfo, type MessageInfoProps } from "./components/MessageInfo.tsx";
export { MessageText, type MessageTextProps } from "./components/MessageText.tsx";
export { PinnedBar, type PinnedBarProps } from "./components/PinnedBar.tsx";
export { QuotedMessage, type QuotedMessageProps } from "./components/QuotedMessage.tsx";
export { ReactionBar, type ReactionBarProps } from "./components/ReactionBar.tsx";
export { UnreadSeparator } from "./components/UnreadSeparator.tsx";
export { ShownPart, type ShownPartProps } from "./components/ShownPart.tsx";
export { Skeleton } from "./components/Skeleton.tsx";
export { SystemMessage } from "./components/SystemMessage.tsx";
export { Ticks } from "./components/Ticks.tsx";
export { TypingIndicator } from "./components/TypingIndicator.tsx";
export { Chatbox, type ChatboxProps } from "./embed/Chatbox.tsx";
export { chatbox, inbox } from "./embed/embedded-parts.ts";
export { Inbox, type InboxProps } from "./embed/Inbox.tsx";
export { Popup, type PopupProps } from "./embed/Popup.tsx";
export {
  filterFrom,
  type InboxFilter,
  type InboxSort,
  type InboxView,
  sortFrom,
  wholeInbox,
} from "./conversation-list/inbox-view.ts";
export { subjectName } from "./people.ts";
export { useChatState } from "./hooks/useChatState.ts";
export { type Composer as ComposerControl, useComposer } from "./hooks/useComposer.ts";
export { useConnection } from "./hooks/useConnection.ts";
export { useConversation } from "./hooks/useConversation.ts";
export { useConversationName, useConversationNames } from "./hooks/useConversationName.ts";
export { useConversations } from "./hooks/useConversations.ts";
export { useIncoming } from "./hooks/useIncoming.ts";
export { type Messages, useMessages } from "./hooks/useMessages.ts";
export { useLoadedPart, usePartsAhead } from "./hooks/usePart.ts";
export { usePresence } from "./hooks/usePresence.ts";
export { useSelf } from "./hooks/useSelf.ts";
export { useTask } from "./hooks/useTask.ts";
export { useJoined } from "./hooks/useJoined.ts";
export { useTyping } from "./hooks/useTyping.ts";
export { useUnreadCount } from "./hooks/useUnreadCount.ts";
export { useWriteAccess, type WriteAccess } from "./hooks/useWriteAccess.ts";
export type { Incoming } from "./incoming.ts";
export { catalogue, type Locale } from "./labels/catalogue.ts";
export { loadLabels } from "./labels/load-labels.ts";
export type { Labels } from "./labels/labels.ts";
export type { LabelOverrides } from "./labels/override-labels.ts";
export type { DeliveryStatus } from "./message-list/timeline.ts";
export { SearchPanel, type SearchPanelHandle, type SearchPanelProps } from "./search/SearchPanel.tsx";
export { SearchResults, type SearchResultsProps } from "./search/SearchResults.tsx";
export { type Search, useSearch } from "./search/useSearch.ts";
export { createPart, type Part } from "./part.ts";
export type { OnSend, OutgoingMessage } from "./send-guard.ts";
export type { SlotName } from "./slot-resolver.ts";
export type { SlotProps, Slots } from "./slots.ts";
export { type ChatProblem, watchChat } from "./watch-chat.ts";
export { plainText } from "./rich-text/plain-text.ts";
