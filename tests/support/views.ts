import type { ChatClient } from "@parley/client";
import type { Conversation, Message } from "@parley/protocol";
import { waitUntil } from "./wait-until.ts";

/** The conversation as this client shows it. */
export const conversationOf = (client: ChatClient, id: string): Conversation | undefined =>
  client.store.getState().conversations.get(id);

/** The messages that this client shows. */
export const messagesOf = (client: ChatClient, id: string): readonly Message[] =>
  client.store.getState().messages.get(id)?.items ?? [];

export const textsOf = (client: ChatClient, id: string): (string | null)[] =>
  messagesOf(client, id).map(({ content }) => content);

/** Opens the conversation's window, as a page does. */
export async function openWindow(client: ChatClient, id: string): Promise<void> {
  await waitUntil(() => conversationOf(client, id), { what: "the conversation is known" });
  await client.messages.load(id);
}

/** The message with this text, once the client shows it. */
export const shown = (client: ChatClient, id: string, text: string): Promise<Message> =>
  waitUntil(() => messagesOf(client, id).find(({ content }) => content === text), { what: `"${text}" is shown` });

/** Sends, and resolves when the server has committed it. */
export async function say(client: ChatClient, id: string, text: string): Promise<Message> {
  return (await client.messages.send(id, text)).acknowledged;
}
