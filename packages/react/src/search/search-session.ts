import { type ChatClient, ChatError, type SearchRequest } from "@parley/client";
import type { Problem, SearchHit, SearchResult } from "@parley/protocol";

/** How long nothing may be typed before it is searched, in milliseconds. */
const PAUSE_MS = 350;
/** Results that are kept: going back to words of before asks nobody. */
const KEPT = 20;
const KEPT_MS = 60_000;
/** Where nothing was found in the newest messages it goes on by itself, up to so many pages; then the reader is asked. */
const PAGES_IN_VAIN = 3;

interface KeptResult extends SearchResult {
  readonly at: number;
}

export interface SearchState {
  /** `waiting`: there were too many searches, it goes on by itself at `goesOnAt`. */
  readonly status: "idle" | "searching" | "shown" | "waiting" | "refused";
  /** While something new is searched, those of before. */
  readonly hits: readonly SearchHit[];
  readonly hasMore: boolean;
  /** Why it was refused; null: the server was not reached. */
  readonly problem: Problem | null;
  /** Milliseconds since the epoch. */
  readonly goesOnAt: number;
}

const idle: SearchState = { status: "idle", hits: [], hasMore: false, problem: null, goesOnAt: 0 };

/** One person searching: what is asked last counts, whatever is still on its way. */
export class SearchSession {
  readonly #client: Pick<ChatClient, "search">;
  readonly #listeners = new Set<() => void>();
  readonly #results = new Map<string, KeptResult>();
  #state = idle;
  #request: SearchRequest | null = null;
  #stop: () => void = () => undefined;

  constructor(client: Pick<ChatClient, "search">) {
    this.#client = client;
  }

  readonly getState = (): SearchState => this.#state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Searches when nothing else is asked for a moment; null: nothing. */
  ask(request: SearchRequest | null): void {
    this.#stop();
    this.#request = request;
    this.#forgetOld();
    const known = this.#known();
    if (request === null) this.#set(idle);
    else if (known !== null) this.#show(known);
    else this.#search(PAUSE_MS);
  }

  readonly loadMore = (): void => {
    if (this.#state.hasMore && this.#state.status !== "searching") this.#search(0);
  };

  readonly retry = (): void => this.#search(0);

  /** Nothing is heard of it any more. */
  readonly close = (): void => this.#stop();

  #known(): SearchResult | null {
    return this.#results.get(JSON.stringify(this.#request)) ?? null;
  }

  /** The first page, or the one behind those that are known. */
  #search(inMs: number): void {
    const request = this.#request;
    if (request === null) return;
    this.#stop();
    this.#set({ ...this.#state, status: "searching", problem: null });
    this.#stop = later(inMs, (signal) => void this.#fetch(request, signal));
  }

  async #fetch(request: SearchRequest, signal: AbortSignal): Promise<void> {
    try {
      for (let pages = 1; pages <= PAGES_IN_VAIN; pages += 1) {
        if (await this.#fetchPage(request, signal)) return;
        if (pages < PAGES_IN_VAIN) this.#set({ ...this.#state, status: "searching" });
      }
    } catch (error) {
      if (!signal.aborted) this.#refused(error instanceof ChatError ? error.problem : null);
    }
  }

  /** @returns whether that is all for now: there are new hits, or no more pages, or nobody is waiting */
  async #fetchPage(request: SearchRequest, signal: AbortSignal): Promise<boolean> {
    const before = this.#known() ?? { hits: [], nextCursor: null };
    const cursor = before.nextCursor;
    const page = await this.#client.search({ ...request, ...(cursor !== null && { cursor }) }, { signal });
    if (signal.aborted) return true;
    const result = { hits: [...before.hits, ...page.hits], nextCursor: page.nextCursor };
    this.#keep(request, result);
    this.#show(result);
    return page.hits.length > 0 || page.nextCursor === null;
  }

  #show({ hits, nextCursor }: SearchResult): void {
    this.#set({ ...idle, status: "shown", hits, hasMore: nextCursor !== null });
  }

  #refused(problem: Problem | null): void {
    if (problem?.code !== "rate_limited" && problem?.code !== "overloaded") {
      this.#set({ ...this.#state, status: "refused", problem });
      return;
    }
    const inMs = problem.retryAfterMs ?? 1_000;
    this.#set({ ...this.#state, status: "waiting", problem, goesOnAt: Date.now() + inMs });
    this.#stop = later(inMs, () => this.#search(0));
  }

  #keep(request: SearchRequest, result: SearchResult): void {
    // What was not there a moment ago may be there now.
    if (result.hits.length === 0 && result.nextCursor === null) return;
    const key = JSON.stringify(request);
    this.#results.delete(key);
    this.#results.set(key, { ...result, at: Date.now() });
    const oldest = this.#results.keys().next();
    if (this.#results.size > KEPT && !oldest.done) this.#results.delete(oldest.value);
  }

  /** Something new may have been written meanwhile. */
  #forgetOld(): void {
    for (const [key, { at }] of this.#results) if (Date.now() - at > KEPT_MS) this.#results.delete(key);
  }

  #set(state: SearchState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** Calls back after a while with a signal that the returned function ends; before that it ends the waiting. */
function later(ms: number, callback: (signal: AbortSignal) => void): () => void {
  const ended = new AbortController();
  const timer = setTimeout(() => callback(ended.signal), ms);
  return () => {
    clearTimeout(timer);
    ended.abort();
  };
}
