import type {
  CommandInput,
  CommandName,
  CommandResult,
  Message,
  Preferences,
  PreferencesInput,
  Presence,
  Settings,
} from "@parley/protocol";
import { ChatError } from "./chat-error.ts";
import type { Connection } from "./connection.ts";
import type { CallInput, Http } from "./http.ts";
import type { RouteName } from "./routes.ts";
import type { OutboxMessage, ReactionChange } from "./state.ts";

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
    const { conversationId } = entry;
    const input = toInput(entry);
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

  async restore(messageId: string): Promise<Message> {
    const call = { params: { id: messageId } };
    return (await this.#ask("message:restore", { messageId }, "restoreMessage", call)).message;
  }

  async react(messageId: string, { emoji, add }: ReactionChange): Promise<Message> {
    const input = { messageId, emoji };
    if (add) {
      const call = { params: { id: messageId }, body: { emoji } };
      return (await this.#ask("reaction:add", input, "addReaction", call)).message;
    }
    const call = { params: { id: messageId, emoji } };
    return (await this.#ask("reaction:remove", input, "removeReaction", call)).message;
  }

  async pin(messageId: string, pinned: boolean): Promise<Message> {
    return (await this.#http.call(pinned ? "pinMessage" : "unpinMessage", { params: { id: messageId } })).message;
  }

  async report(kind: "read" | "delivered", conversationId: string, seq: number): Promise<void> {
    const call = { params: { id: conversationId }, body: { seq } };
    if (kind === "read") await this.#ask("receipt:read", { conversationId, seq }, "markRead", call);
    else await this.#ask("receipt:delivered", { conversationId, seq }, "markDelivered", call);
  }

  async setPreferences(conversationId: string, input: PreferencesInput): Promise<Preferences> {
    const { preferences } = await this.#http.call("changePreferences", { params: { id: conversationId }, body: input });
    return preferences;
  }

  async getSettings(): Promise<Settings> {
    return (await this.#http.call("getSettings", {})).settings;
  }

  async changeSettings(change: Partial<Settings>): Promise<Settings> {
    return (await this.#http.call("changeSettings", { body: change })).settings;
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

/** Only what is there: a server of an earlier version knows no replies and mentions. */
function toInput({ clientMessageId, content, replyTo, mentions }: OutboxMessage) {
  return {
    clientMessageId,
    content,
    ...(replyTo && { replyToSeq: replyTo.seq }),
    ...(mentions.length > 0 && { mentions: [...mentions] }),
  };
}
