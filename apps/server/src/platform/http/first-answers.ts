import type { FastifyInstance, FastifyRequest } from "fastify";
import { TOKEN_COOKIE } from "./resolve-actor.ts";

/** A request that the app makes first, as its client writes it. */
interface FirstRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly body?: string;
}

/** An answer of more characters comes by itself: it would hold up the page. */
const LONGEST = 120_000;
/** How many messages the client asks for at once. */
const PAGE_SIZE = 50;

/**
 * What the app would ask first, answered in the page itself: it spares a slow network two ways there and back. For whoever is signed in by
 * the host's cookie; asked of our own routes, so that nothing is permitted here that is not there.
 * @returns a block of data for the page's head, or an empty text when there is nothing to say
 */
export async function firstAnswers(http: FastifyInstance, request: FastifyRequest): Promise<string> {
  const token = request.cookies[TOKEN_COOKIE];
  if (token === undefined) return "";
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const given = await Promise.all(
    firstRequests(request.url).map(async ({ method, url, body }) => {
      const { statusCode, payload } = await http.inject({ method, url, headers, ...(body !== undefined && { body }) });
      return statusCode === 200 && payload.length <= LONGEST
        ? `${JSON.stringify(`${method} ${url}`)}:${payload}`
        : null;
    }),
  );
  const answers = given.filter((answer) => answer !== null);
  if (answers.length === 0) return "";
  return `<script type="application/json" id="first-answers">${asInnerText(`{${answers.join(",")}}`)}</script>`;
}

function firstRequests(address: string): FirstRequest[] {
  const requests: FirstRequest[] = [
    { method: "GET", url: "/api/session" },
    { method: "GET", url: "/api/settings" },
    { method: "POST", url: "/api/sync", body: '{"versions":{},"positions":{}}' },
  ];
  const [, id] = /^\/c\/([^/?#]+)\/?(?:\?|$)/.exec(address) ?? [];
  if (id === undefined) return requests;
  const conversation = `/api/conversations/${id}`;
  return [
    ...requests,
    { method: "GET", url: `${conversation}/messages?limit=${PAGE_SIZE}` },
    { method: "GET", url: `${conversation}/pins` },
  ];
}

/** JSON that cannot end the element it stands in, nor be taken for a comment. */
const asInnerText = (json: string): string => json.replaceAll("<", "\\u003c");
