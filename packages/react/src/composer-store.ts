import type { ChatClient } from "@parley/client";
import type { Message } from "@parley/protocol";

/** What a person is writing in one conversation. */
export interface ComposerState {
  readonly draft: string;
  /** Set while an own message is being changed; the draft waits meanwhile. */
  readonly editing: { readonly messageId: string; readonly text: string } | null;
  /** What the draft answers. */
  readonly replyTo: Message | null;
}

/** Drafts of all conversations. Kept for this tab over a reload, and gone with it: a draft is private. */
export interface ComposerStore {
  get(conversationId: string): ComposerState;
  set(conversationId: string, state: ComposerState): void;
  subscribe(listener: () => void): () => void;
}

const empty: ComposerState = { draft: "", editing: null, replyTo: null };

/** Makes the store for one client; the drafts belong to the person that is signed in. */
export function createComposerStore(client: ChatClient, storage = tabStorage()): ComposerStore {
  const states = new Map<string, ComposerState>();
  const listeners = new Set<() => void>();
  const storageKey = (conversationId: string) => {
    const self = client.store.getState().self;
    return self === null ? null : `parley:draft:${self.id}:${conversationId}`;
  };

  function load(conversationId: string): ComposerState {
    const key = storageKey(conversationId);
    const draft = key === null ? null : readDraft(storage, key);
    return draft === null ? empty : { ...empty, draft };
  }

  return {
    get(conversationId) {
      const known = states.get(conversationId);
      if (known !== undefined) return known;
      const loaded = load(conversationId);
      if (storageKey(conversationId) !== null) states.set(conversationId, loaded);
      return loaded;
    },
    set(conversationId, state) {
      states.set(conversationId, state);
      const key = storageKey(conversationId);
      if (key !== null) writeDraft(storage, key, state.draft);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Puts an own message into the composer to be changed; the draft waits. */
export function beginEdit(store: ComposerStore, message: Message): void {
  const editing = { messageId: message.id, text: message.content ?? "" };
  store.set(message.conversationId, { ...store.get(message.conversationId), editing });
}

/** Lets the draft answer a message. A change that was under way ends. */
export function beginReply(store: ComposerStore, message: Message): void {
  const { draft } = store.get(message.conversationId);
  store.set(message.conversationId, { draft, editing: null, replyTo: message });
}

function tabStorage(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    // Blocked by the browser's settings: drafts then live in memory only.
    return null;
  }
}

function readDraft(storage: Storage | null, key: string): string | null {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

function writeDraft(storage: Storage | null, key: string, draft: string): void {
  try {
    if (draft === "") storage?.removeItem(key);
    else storage?.setItem(key, draft);
  } catch {
    // Storage is full: the draft still stands in memory.
  }
}
