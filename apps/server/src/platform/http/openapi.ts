import { type Endpoint, type EndpointName, type ErrorCode, endpoints, errors, problem } from "@parley/protocol";
import { z } from "zod";
import type { Config } from "../config.ts";
import { TOKEN_COOKIE } from "./resolve-actor.ts";
import { type JsonSchema, SchemaComponents } from "./schema-components.ts";

const DESCRIPTION = `Conversations, messages and positions of one Parley server. The socket interface is described at \`/api/asyncapi.json\`.

**Errors** are RFC 9457 problems with a stable \`code\`. \`retryable\` says whether the same request may succeed later, \`retryAfterMs\` and the header \`Retry-After\` say when.

**Repeats.** A message carries a \`clientMessageId\`. The same id with the same body again, by HTTP or socket, is a success that returns the first result; with another body it is \`client_message_id_reused\` and changes nothing. Opening a conversation for a subject or a direct pair that has one returns that one.

**Order and completeness.** \`seq\` is 1, 2, 3 … without holes in each conversation and orders its messages. \`version\` counts every lasting change of a conversation: whoever holds a version asks \`POST /api/sync\` for everything after it, tombstones included.

**Names stay, fields are added.** Ignore fields that you do not know.`;

/** The HTTP interface as OpenAPI 3.1, all of it from the catalogue. */
export function openApiDocument(config: Pick<Config, "publicUrl" | "demo">): Record<string, unknown> {
  const components = new SchemaComponents();
  const paths: Record<string, Record<string, unknown>> = {};
  const problemSchema = components.describe(problem, "output");
  for (const name of Object.keys(endpoints) as EndpointName[]) {
    const endpoint: Endpoint = endpoints[name];
    if (endpoint.demo && !config.demo) continue;
    const path = endpoint.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: describeOperation(name, endpoint, components) };
  }
  return {
    openapi: "3.1.1",
    info: { title: "Parley", version: "0.1.0", description: DESCRIPTION, license: { name: "MIT", identifier: "MIT" } },
    servers: [{ url: config.publicUrl }],
    tags: tagsOf(paths),
    paths,
    components: { schemas: components.schemas, responses: problemResponses(problemSchema), securitySchemes },
  };
}

const securitySchemes = {
  bearer: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "A token that the host signed for a user.",
  },
  cookie: { type: "apiKey", in: "cookie", name: TOKEN_COOKIE, description: "The same token as a cookie." },
  serverKey: { type: "http", scheme: "bearer", description: "The host's own key, PARLEY_SECRET_KEY." },
};

function describeOperation(name: EndpointName, endpoint: Endpoint, components: SchemaComponents): JsonSchema {
  return {
    operationId: name,
    summary: endpoint.summary,
    tags: [tagOf(endpoint.path)],
    security: securityOf(endpoint),
    ...withParameters(endpoint, components),
    ...(endpoint.body && {
      requestBody: {
        required: !endpoint.body.safeParse({}).success,
        content: { "application/json": { schema: components.describe(endpoint.body, "input") } },
      },
    }),
    responses: { ...describeReplies(endpoint, components), ...refusalsOf(endpoint) },
  };
}

/** `/api/conversations/…` → conversations; what is not under /api is the service itself. */
const tagOf = (path: string): string => /^\/api\/(\w+)(?![\w.])/.exec(path)?.[1] ?? "service";

const tagsOf = (paths: object): { name: string }[] =>
  [...new Set(Object.keys(paths).map(tagOf))].map((name) => ({ name }));

function securityOf({ callers }: Endpoint): object[] {
  if (callers.includes("anyone")) return [];
  const user = callers.includes("user") ? [{ bearer: [] }, { cookie: [] }] : [];
  return callers.includes("host") ? [...user, { serverKey: [] }] : user;
}

function withParameters({ params, query }: Endpoint, components: SchemaComponents): JsonSchema {
  const inPath = Object.entries(params?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: "path",
    required: true,
    schema: components.describe(schema as z.ZodType, "input"),
  }));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    required: false,
    schema: components.describe(schema as z.ZodType, "input"),
  }));
  const parameters = [...inPath, ...inQuery];
  return parameters.length > 0 ? { parameters } : {};
}

function describeReplies({ responses }: Endpoint, components: SchemaComponents): JsonSchema {
  const entries = Object.entries(responses).map(([status, schema]) => {
    const type = schema instanceof z.ZodString ? "text/plain" : "application/json";
    const description = status === "201" ? "It is new." : "Done.";
    return [status, { description, content: { [type]: { schema: components.describe(schema, "output") } } }];
  });
  return Object.fromEntries(entries);
}

const changes = ({ method }: Endpoint): boolean => method !== "GET";
const asksWho = ({ callers }: Endpoint): boolean => !callers.includes("anyone");

/** Which kinds of problem an endpoint may answer with, by status. */
const refusals: readonly [status: number, mayCome: (endpoint: Endpoint) => boolean][] = [
  [400, ({ params, query, body }) => [params, query, body].some((part) => part !== undefined)],
  [401, asksWho],
  [403, asksWho],
  [404, ({ params, body }) => params !== undefined || body !== undefined],
  [409, (endpoint) => asksWho(endpoint) && changes(endpoint)],
  [413, ({ body }) => body !== undefined],
  [415, ({ body }) => body !== undefined],
  [429, (endpoint) => asksWho(endpoint) && changes(endpoint)],
  [500, () => true],
  [503, () => true],
];

function refusalsOf(endpoint: Endpoint): JsonSchema {
  const statuses = refusals.filter(([, mayCome]) => mayCome(endpoint)).map(([status]) => status);
  return Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]));
}

function problemResponses(schema: JsonSchema): JsonSchema {
  const codes = Object.keys(errors) as ErrorCode[];
  const statuses = [...new Set(codes.map((code) => errors[code].status))];
  const entries = statuses.map((status) => {
    const lines = codes
      .filter((code) => errors[code].status === status)
      .map((code) => `- \`${code}\`: ${errors[code].title}`);
    const later = status === 429 || status === 503;
    const headers = { "Retry-After": { description: "Seconds.", schema: { type: "integer" } } };
    const content = { "application/problem+json": { schema } };
    return [`Problem${status}`, { description: lines.join("\n"), ...(later && { headers }), content }];
  });
  return Object.fromEntries(entries);
}
