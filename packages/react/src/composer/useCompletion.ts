import { type KeyboardEvent, type RefObject, useId, useMemo, useState } from "react";
import { useLaterLabels } from "../hooks/useLaterLabels.ts";
import { useEmoji } from "../emoji/useEmoji.ts";
import { searchEmoji } from "../emoji/search-emoji.ts";
import { useConversation } from "../hooks/useConversation.ts";
import { useSelf } from "../hooks/useSelf.ts";
import { otherPeople } from "../people.ts";
import { type Completed, type CompletionToken, complete, findToken, suggestPeople } from "./completion.ts";

export interface Suggestion {
  readonly key: string;
  /** What stands in the text afterwards. */
  readonly insert: string;
  readonly sign: string | null;
  readonly name: string;
}

export interface Completion {
  readonly suggestions: readonly Suggestion[];
  readonly active: number;
  readonly listId: string;
  readonly label: string;
  /** For the text field: it owns the list while there is one. */
  readonly fieldProps: Readonly<Record<string, string>>;
  choose(index: number): void;
  /** true: the key was for the list. */
  onKeyDown(event: KeyboardEvent): boolean;
  /** The caret moved, or the text changed. */
  look(): void;
  close(): void;
}

const LIMIT = 8;
const none: readonly Suggestion[] = [];

/** Completes "@Name" and ":emoji" in a text field: the field keeps the focus, the list is moved through from there. */
export function useCompletion(
  conversationId: string,
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  put: (completed: Completed) => void,
): Completion {
  const labels = useLaterLabels();
  const [token, setToken] = useState<CompletionToken | null>(null);
  const [active, setActive] = useState(0);
  const suggestions = useSuggestions(conversationId, token);
  const listId = useId();
  const at = Math.min(active, suggestions.length - 1);
  const open = suggestions.length > 0;
  const fieldProps = useMemo(() => (open ? openProps(listId, at) : {}), [open, listId, at]);

  const look = () => {
    const found = tokenAt(field.current);
    if (found?.start === token?.start && found?.query === token?.query) return;
    setToken(found);
    setActive(0);
  };
  const close = () => setToken(null);
  const choose = (index: number) => {
    const chosen = suggestions[index];
    if (chosen === undefined || token === null) return;
    close();
    put(complete(text, token, chosen.insert));
  };
  return {
    suggestions,
    active: at,
    listId,
    label: token?.kind === "emoji" ? labels.emojiList : labels.mentionList,
    fieldProps,
    choose,
    onKeyDown: (event) => onListKey(event, at, suggestions.length, { choose, close, move: setActive }),
    look,
    close,
  };
}

/** Nothing is begun while a stretch of text is marked. */
function tokenAt(field: HTMLTextAreaElement | null): CompletionToken | null {
  if (field === null || field.selectionStart !== field.selectionEnd) return null;
  return findToken(field.value, field.selectionStart);
}

interface ListMoves {
  choose(index: number): void;
  close(): void;
  move(index: number): void;
}

/** true: the key was for the list. An input method keeps its keys. */
function onListKey(event: KeyboardEvent, at: number, count: number, moves: ListMoves): boolean {
  if (count === 0 || event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return false;
  const action = actionOf(event, at, count);
  if (action === null) return false;
  event.preventDefault();
  if (action === "choose") moves.choose(at);
  else if (action === "close") moves.close();
  else moves.move(action);
  return true;
}

/** It stays a text field: HTML knows no combobox of several lines. What is chosen is told all the same. */
const openProps = (listId: string, at: number) => ({
  "aria-autocomplete": "list",
  "aria-haspopup": "listbox",
  "aria-controls": listId,
  "aria-activedescendant": `${listId}${at}`,
});

function actionOf(event: KeyboardEvent, at: number, count: number): "choose" | "close" | number | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null;
  switch (event.key) {
    case "ArrowDown":
      return (at + 1) % count;
    case "ArrowUp":
      return (at - 1 + count) % count;
    case "Enter":
    case "Tab":
      return "choose";
    case "Escape":
      return "close";
    default:
      return null;
  }
}

function useSuggestions(conversationId: string, token: CompletionToken | null): readonly Suggestion[] {
  const conversation = useConversation(conversationId);
  const self = useSelf();
  const groups = useEmoji(token?.kind === "emoji");
  if (token === null || conversation === undefined) return none;
  if (token.kind === "emoji") {
    const found = searchEmoji(groups ?? [], token.query, LIMIT);
    return found.map(({ sign, name }) => ({ key: sign, insert: sign, sign, name }));
  }
  const found = suggestPeople(otherPeople(conversation, self?.id), token.query, LIMIT);
  return found.map(({ id, name }) => ({ key: id, insert: `@${name}`, sign: null, name }));
}
