import type { FastifyInstance, FastifyRequest } from "fastify";
import { conversationIn } from "./first-paint.ts";
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
 * @returns JSON by method and address; none for strangers, and without what was refused
 */
export async function firstAnswers(http: FastifyInstance, request: FastifyRequest): Promise<Map<string, string>> {
  const token = request.cookies[TOKEN_COOKIE];
  const answers = new Map<string, string>();
  if (token === undefined) return answers;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  await Promise.all(
    firstRequests(request.url).map(async ({ method, url, body }) => {
      const { statusCode, payload } = await http.inject({ method, url, headers, ...(body !== undefined && { body }) });
      if (statusCode === 200 && payload.length <= LONGEST) answers.set(`${method} ${url}`, payload);
    }),
  );
  return answers;
}

/** A block of data for the page's head. */
export function blockOf(answers: ReadonlyMap<string, string>): string {
  const lines = [...answers].map(([key, json]) => `${JSON.stringify(key)}:${json}`);
  return `<script type="application/json" id="first-answers">${asInnerText(`{${lines.join(",")}}`)}</script>`;
}

function firstRequests(address: string): FirstRequest[] {
  const requests: FirstRequest[] = [
    { method: "GET", url: "/api/session" },
    { method: "GET", url: "/api/settings" },
    { method: "POST", url: "/api/sync", body: '{"versions":{},"positions":{}}' },
  ];
  const id = conversationIn(address);
  if (id === null) return requests;
  const conversation = `/api/conversations/${encodeURIComponent(id)}`;
  return [
    ...requests,
    { method: "GET", url: `${conversation}/messages?limit=${PAGE_SIZE}` },
    { method: "GET", url: `${conversation}/pins` },
  ];
}

/** JSON that cannot end the element it stands in, nor be taken for a comment. */
const asInnerText = (json: string): string => json.replaceAll("<", "\\u003c");
