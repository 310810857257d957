import type { EndpointName, EndpointResult, Endpoints } from "@parley/protocol";

/** The server answered with something else than a 2xx. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly status: number;

  constructor(status: number) {
    super(`The server answered with ${status}.`);
    this.status = status;
  }
}

type PageEndpoint = Extract<EndpointName, "getSession" | "listDemoPeople" | "demoSignIn">;

/** Only addresses, held against the catalogue by the compiler: the schemas would bring a validator into the page. */
const routes: { readonly [Name in PageEndpoint]: readonly [Endpoints[Name]["method"], Endpoints[Name]["path"]] } = {
  getSession: ["GET", "/api/session"],
  listDemoPeople: ["GET", "/api/demo/people"],
  demoSignIn: ["POST", "/api/demo/sign-in"],
};

/** Calls an endpoint that the page needs before there is a chat client. Rejects with a `RefusedError`, or a `TypeError` without a network. */
export async function call<Name extends PageEndpoint>(name: Name, body?: object): Promise<EndpointResult<Name>> {
  const [method, path] = routes[name];
  const init: RequestInit = { method, cache: "no-store" };
  if (body !== undefined) {
    init.headers = { "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(path, init);
  if (!response.ok) throw new RefusedError(response.status);
  return (await response.json()) as EndpointResult<Name>;
}
