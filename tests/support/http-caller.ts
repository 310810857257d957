import {
  type Endpoint,
  type EndpointBody,
  type EndpointName,
  type EndpointParams,
  type EndpointQuery,
  type EndpointResult,
  endpoints,
  type Problem,
} from "@parley/protocol";

interface CallInput<Name extends EndpointName> {
  params?: EndpointParams<Name>;
  query?: EndpointQuery<Name>;
  body?: EndpointBody<Name>;
}

export interface Reply<Body> {
  readonly status: number;
  readonly body: Body;
  /** As it came over the wire. */
  readonly text: string;
}

/** What a refused call throws. */
export class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail ?? problem.title}`);
    this.problem = problem;
  }
}

/** One caller of the HTTP interface. */
export interface HttpCaller {
  /** The body of a call that must succeed; throws `Refused`. */
  <Name extends EndpointName>(name: Name, input?: CallInput<Name>): Promise<EndpointResult<Name>>;
  /** Whatever comes of it. */
  try<Name extends EndpointName>(
    name: Name,
    input?: CallInput<Name>,
  ): Promise<Reply<EndpointResult<Name> & Partial<Problem>>>;
  /** Any request, however wrong. `body` goes as it is. */
  raw(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Reply<unknown>>;
}

/** `url` is asked at each call: a server that was started again may listen elsewhere. */
export function createHttpCaller(url: () => string, token: () => Promise<string | null>): HttpCaller {
  const raw: HttpCaller["raw"] = async (method, path, body, headers = { "content-type": "application/json" }) => {
    const bearer = await token();
    const response = await fetch(url() + path, {
      method,
      headers: {
        ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && headers),
      },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    return { status: response.status, body: isJson ? JSON.parse(text) : text, text };
  };
  const attempt = (name: EndpointName, { params, query, body }: CallInput<EndpointName> = {}) => {
    const { method } = endpoints[name];
    const path = pathOf(name, params ?? {}, query ?? {});
    return raw(method, path, body === undefined ? undefined : JSON.stringify(body));
  };
  const must = async (name: EndpointName, input?: CallInput<EndpointName>) => {
    const { status, body } = await attempt(name, input);
    if (status >= 400) throw new Refused(body as Problem);
    return body;
  };
  return Object.assign(must, { try: attempt, raw }) as HttpCaller;
}

/** The path of an endpoint with its parameters filled in. */
export function pathOf(
  name: EndpointName,
  params: Readonly<Record<string, string>>,
  query: Readonly<Record<string, unknown>> = {},
): string {
  const { path }: Endpoint = endpoints[name];
  const filled = path.replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ""));
  const given = Object.entries(query).map(([key, value]) => [key, String(value)]);
  return given.length === 0 ? filled : `${filled}?${new URLSearchParams(given).toString()}`;
}
