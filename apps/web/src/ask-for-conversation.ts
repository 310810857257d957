import type { ChatClient } from "@parley/client";

/**
 * Asks for what a conversation shows first; what is there already is not asked for again. The address is enough for its newest
 * messages: the list of conversations may come later. Pins are asked for as soon as they may be, since they push the messages down
 * when they come later. Returns how not to wait for that any longer.
 * @param seq of the message that the address leads to
 */
export function askForConversation(client: ChatClient, id: string, seq: number | undefined): () => void {
  if (seq === undefined) client.messages.load(id).catch(() => {});
  return whenKnown(client, id, () => void client.messages.loadPins(id).catch(() => {}));
}

/** Calls back once, when the conversation is here. Returns how not to wait any longer. */
function whenKnown({ store }: ChatClient, id: string, callback: () => void): () => void {
  const look = () => {
    if (!store.getState().conversations.has(id)) return;
    stop();
    callback();
  };
  const stop = store.subscribe(look);
  look();
  return stop;
}
