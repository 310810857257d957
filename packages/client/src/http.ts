import type { EndpointBody, EndpointResult, Endpoints, Problem } from "@parley/protocol";
import { abortAfter } from "./abort-after.ts";
import { ChatError } from "./chat-error.ts";
import type { Clock } from "./clock.ts";
import { type RouteName, routes } from "./routes.ts";
import type { TokenSource } from "./token-source.ts";

export interface HttpPorts {
  readonly url: string;
  readonly tokens: TokenSource;
  readonly clock: Clock;
  readonly fetch: typeof globalThis.fetch;
  /** Ends everything that is under way. */
  readonly signal: AbortSignal;
}

/** What a call names, as far as its endpoint knows it. `query` values that are undefined are left out. */
export type CallInput<Name extends RouteName> = (Endpoints[Name] extends { params: unknown }
  ? { params: Readonly<Record<string, string>> }
  : { params?: never }) &
  (Endpoints[Name] extends { query: unknown }
    ? { query?: Readonly<Record<string, string | number | undefined>> }
    : { query?: never }) &
  (Endpoints[Name] extends { body: unknown } ? { body: EndpointBody<Name> } : { body?: never });

/** How long one call may take. */
const timeoutMs = 10_000;

/** The HTTP half of the wire. */
export class Http {
  readonly #ports: HttpPorts;

  constructor(ports: HttpPorts) {
    this.#ports = ports;
  }

  /**
   * Rejects with a `ChatError`: with the server's problem, or without one when the server was not reached, or `signal`
   * ended it.
   */
  async call<Name extends RouteName>(
    name: Name,
    input: CallInput<Name>,
    signal?: AbortSignal,
  ): Promise<EndpointResult<Name>> {
    const { tokens } = this.#ports;
    const token = await tokens.current();
    let response = await this.#fetch(name, input, token, signal);
    if (response.status === 401 && tokens.renewable) {
      // Another call may have renewed it meanwhile: then the one in use is already another.
      const now = await tokens.current();
      response = await this.#fetch(name, input, now === token ? await tokens.renew() : now, signal);
    }
    if (!response.ok) throw refusal(response);
    return response.body as EndpointResult<Name>;
  }

  async #fetch(
    name: RouteName,
    input: { params?: Readonly<Record<string, string>>; query?: CallInput<"listMessages">["query"]; body?: unknown },
    token: string | null,
    ended: AbortSignal | undefined,
  ): Promise<Answer> {
    const [method] = routes[name];
    const { clock, signal, fetch } = this.#ports;
    const headers: Record<string, string> = { accept: "application/json, application/problem+json" };
    if (token !== null) headers.authorization = `Bearer ${token}`;
    const init: RequestInit = { method, headers, credentials: token === null ? "include" : "omit", cache: "no-store" };
    if (input.body !== undefined) {
      headers["content-type"] = "application/json";
      init.body = JSON.stringify(input.body);
    }
    const address = this.#address(name, input.params ?? {}, input.query ?? {});
    try {
      return await abortAfter(clock, timeoutMs, [signal, ended], async (both) => {
        const response = await fetch(address, { ...init, signal: both });
        return { ok: response.ok, status: response.status, body: await response.json().catch(() => null) };
      });
    } catch (cause) {
      throw new ChatError("The server could not be reached.", null, { cause });
    }
  }

  #address(
    name: RouteName,
    params: Readonly<Record<string, string>>,
    query: Readonly<Record<string, string | number | undefined>>,
  ): string {
    const path = routes[name][1].replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ""));
    const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
    return `${this.#ports.url}${path}${search === "" ? "" : `?${search}`}`;
  }
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
}

/** Something between us and the server may answer without a problem: then it counts as not reached. */
function refusal({ status, body }: Answer): ChatError {
  const problem = asProblem(body);
  return new ChatError(problem?.detail ?? problem?.title ?? `The server answered ${status}.`, problem);
}

/** The problem in `value`; null when it is none. */
export function asProblem(value: unknown): Problem | null {
  if (typeof value !== "object" || value === null) return null;
  return "code" in value && "retryable" in value ? (value as Problem) : null;
}
