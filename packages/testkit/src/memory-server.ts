import type { CommandName, Problem, ServerEvent } from "@parley/protocol";
import { MemoryChat } from "./memory-chat.ts";
import { runCommand } from "./memory-commands.ts";
import { answer, routeOf } from "./memory-http.ts";
import { digestOf, type SyncLimits } from "./memory-sync.ts";
import { MemoryTokens } from "./memory-tokens.ts";
import { problemOf, Refusal } from "./refusal.ts";

/** One call on its way, by either half of the wire. */
export interface MemoryCall {
  readonly via: "socket" | "http";
  /** A command, or an endpoint's name. */
  readonly name: string;
  readonly userId: string;
  readonly input: unknown;
}

/** `lost`: it never arrives. `unanswered`: it works, but nobody hears so. A problem: refused. */
export type CallFate = "pass" | "lost" | "unanswered" | Problem;

/** What goes wrong on purpose. Without a switch nothing does. */
export interface Faults {
  refuseSockets: boolean;
  refuseHttp: boolean;
  /** Decides about each call. */
  call: (call: MemoryCall) => CallFate;
  /** Delivers an event: once, never, twice, later. */
  event: (userId: string, event: ServerEvent, deliver: () => void) => void;
}

export interface SocketHandlers {
  opened(): void;
  refused(problem: Problem | null): void;
  closed(): void;
  event(event: ServerEvent): void;
}

interface Link {
  userId: string;
  readonly handlers: SocketHandlers;
}

/** No answer comes. */
const silence = Symbol("silence");

/** A server half without network and disk: HTTP by `fetch`, sockets by `openSocket`, the same rules as the real one. */
export class MemoryServer {
  readonly url = "http://parley.test";
  readonly chat: MemoryChat;
  readonly tokens: MemoryTokens;
  readonly calls: MemoryCall[] = [];
  readonly faults: Faults = {
    refuseSockets: false,
    refuseHttp: false,
    call: () => "pass",
    event: (_userId, _event, deliver) => deliver(),
  };
  syncLimits: SyncLimits = { messages: 500, changes: 20 };
  readonly #links = new Set<Link>();

  /** `now`: milliseconds since the epoch. */
  constructor(now: () => number = Date.now) {
    this.tokens = new MemoryTokens(now);
    this.chat = new MemoryChat(now, (userId, event) => this.emit(userId, event));
  }

  /** Sends an event to all sockets of a person. */
  emit(userId: string, event: ServerEvent): void {
    const copy = structuredClone(event);
    for (const link of [...this.#links].filter((one) => one.userId === userId)) {
      this.faults.event(userId, copy, () => {
        if (this.#links.has(link)) queueMicrotask(() => link.handlers.event(copy));
      });
    }
  }

  digest(userId: string): void {
    this.emit(userId, { name: "sync:digest", payload: digestOf(this.chat, userId) });
  }

  /** Ends sockets without a word: all, or those of one person. */
  cut(userId?: string): void {
    for (const link of [...this.#links].filter((one) => userId === undefined || one.userId === userId)) {
      this.#links.delete(link);
      link.handlers.closed();
    }
  }

  /** How many sockets are open. */
  get sockets(): number {
    return this.#links.size;
  }

  readonly fetch: typeof globalThis.fetch = async (target, init) => {
    await Promise.resolve();
    if (this.faults.refuseHttp) throw new TypeError("fetch failed");
    const request = new Request(target, init);
    try {
      const result = await this.#serve(request);
      await Promise.resolve();
      // Not the request's own signal: once the request is collected as garbage, that one does not fire any more.
      return result === silence ? await never(init?.signal) : Response.json(result);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return Response.json(error.problem, { status: error.problem.status });
    }
  };

  readonly openSocket = (_url: string, token: string | null, handlers: SocketHandlers) => {
    const link: Link = { userId: "", handlers };
    let open = true;
    queueMicrotask(() => {
      if (!open) return;
      const problem = this.#admit(link, token);
      if (problem === undefined) handlers.opened();
      else handlers.refused(problem);
      if (problem === undefined) this.digest(link.userId);
    });
    return {
      emit: (name: CommandName, input: unknown, acknowledge: (answer: never) => void) => {
        const acked = acknowledge as (answer: unknown) => void;
        queueMicrotask(() => this.#command(link, name, structuredClone(input), acked));
      },
      close: () => {
        open = false;
        this.#links.delete(link);
      },
    };
  };

  async #serve(request: Request): Promise<unknown> {
    const { pathname, searchParams } = new URL(request.url);
    const token = request.headers.get("authorization")?.replace("Bearer ", "") ?? null;
    const { userId } = this.tokens.check(token);
    const route = routeOf(request.method, pathname);
    if (!route) throw new Refusal("not_found");
    const text = await request.text();
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    const fate = this.#meet({ via: "http", name: route.name, userId, input: { ...route.params, body } });
    if (fate === "lost") return silence;
    const asked = { actorId: userId, params: route.params, query: Object.fromEntries(searchParams), body };
    const result = structuredClone(answer(this.chat, route.name, asked, this.syncLimits));
    return fate === "unanswered" ? silence : result;
  }

  /** undefined: admitted; null: not reached. */
  #admit(link: Link, token: string | null): Problem | null | undefined {
    if (this.faults.refuseSockets) return null;
    try {
      link.userId = this.tokens.check(token).userId;
      this.#links.add(link);
      return undefined;
    } catch (error) {
      return error instanceof Refusal ? error.problem : problemOf("internal");
    }
  }

  #command(link: Link, name: CommandName, input: unknown, acknowledge: (answer: unknown) => void): void {
    if (!this.#links.has(link)) return;
    try {
      const fate = this.#meet({ via: "socket", name, userId: link.userId, input });
      if (fate === "lost") return;
      const result = runCommand(
        {
          chat: this.chat,
          actorId: link.userId,
          typing: (conversationId, typing) => this.#typing(link.userId, conversationId, typing),
          refresh: (token) => this.tokens.check(token).expiresAt,
        },
        name,
        input,
      );
      if (fate === "unanswered") return;
      this.#answer(link, acknowledge, { ok: true, ...result });
    } catch (error) {
      const problem = error instanceof Refusal ? error.problem : problemOf("internal", { detail: String(error) });
      this.#answer(link, acknowledge, { ok: false, error: problem });
    }
  }

  #answer(link: Link, acknowledge: (answer: unknown) => void, value: object): void {
    const copy = structuredClone(value);
    queueMicrotask(() => {
      if (this.#links.has(link)) acknowledge(copy);
    });
  }

  #typing(userId: string, conversationId: string, typing: boolean): void {
    for (const other of this.chat.find(userId, conversationId).participants) {
      if (other.userId === userId) continue;
      this.emit(other.userId, { name: "typing:updated", payload: { conversationId, userId, typing } });
    }
  }

  #meet(call: MemoryCall): Exclude<CallFate, Problem> {
    this.calls.push(call);
    const fate = this.faults.call(call);
    if (typeof fate === "string") return fate;
    throw new Refusal(fate.code, fate);
  }
}

/** Ends only when the caller gives up. */
function never(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(new Error("aborted"));
    signal?.addEventListener("abort", () => reject(new Error("aborted")));
  });
}
