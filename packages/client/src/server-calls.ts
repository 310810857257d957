import type { CommandInput, CommandName, CommandResult, Message, Presence } from "@parley/protocol";
import { ChatError } from "./chat-error.ts";
import type { Connection } from "./connection.ts";
import type { CallInput, Http } from "./http.ts";
import type { RouteName } from "./routes.ts";
import type { OutboxMessage } from "./state.ts";

/** What the client asks of the server, over the socket when there is one, else over HTTP. */
export class ServerCalls {
  readonly #http: Http;
  readonly #connection: Connection;

  constructor(http: Http, connection: Connection) {
    this.#http = http;
    this.#connection = connection;
  }

  /** Every second try goes over HTTP: whatever swallowed the acknowledgement may not be in that way. */
  async send(entry: OutboxMessage, attempt: number): Promise<Message> {
    const { conversationId, clientMessageId, content } = entry;
    const input = { clientMessageId, content };
    if (this.#connection.hasSocket && attempt % 2 === 0) {
      return (await this.#connection.request("message:send", { conversationId, ...input })).message;
    }
    return (await this.#http.call("sendMessage", { params: { id: conversationId }, body: input })).message;
  }

  async edit(messageId: string, content: string): Promise<Message> {
    const call = { params: { id: messageId }, body: { content } };
    return (await this.#ask("message:edit", { messageId, content }, "editMessage", call)).message;
  }

  async delete(messageId: string): Promise<Message> {
    const call = { params: { id: messageId } };
    return (await this.#ask("message:delete", { messageId }, "deleteMessage", call)).message;
  }

  async report(kind: "read" | "delivered", conversationId: string, seq: number): Promise<void> {
    const call = { params: { id: conversationId }, body: { seq } };
    if (kind === "read") await this.#ask("receipt:read", { conversationId, seq }, "markRead", call);
    else await this.#ask("receipt:delivered", { conversationId, seq }, "markDelivered", call);
  }

  async reportAllRead(): Promise<void> {
    await this.#http.call("markAllRead", {});
  }

  /** Only a socket can be joined to a conversation. */
  async join(conversationId: string): Promise<readonly Presence[]> {
    return (await this.#connection.request("conversation:join", { conversationId })).presence;
  }

  /** Said once, if there is a socket; nobody waits for the answer. */
  tell<Name extends CommandName>(name: Name, input: CommandInput<Name>): void {
    this.#connection.request(name, input).catch(() => undefined);
  }

  /** These repeat without harm, so an acknowledgement that is missing makes the same question go over HTTP. */
  async #ask<Name extends CommandName, Route extends RouteName>(
    command: Name,
    input: CommandInput<Name>,
    route: Route,
    call: CallInput<Route>,
  ) {
    if (this.#connection.hasSocket) {
      try {
        return await this.#connection.request(command, input);
      } catch (error) {
        if (!(error instanceof ChatError) || error.problem !== null) throw error;
      }
    }
    return (await this.#http.call(route, call)) as CommandResult<Name>;
  }
}
