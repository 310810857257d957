import { type CommandName, commands, type EventName, events, problem } from "@parley/protocol";
import { z } from "zod";
import type { Config } from "../config.ts";
import { type JsonSchema, SchemaComponents } from "./schema-components.ts";

const DESCRIPTION = `Commands and events over Socket.IO 4, at its default path. A connection brings its token in \`auth.token\`, or in the cookie \`parley_token\`.

Every command is acknowledged: \`{ok: true, …}\` or \`{ok: false, error}\`, where \`error\` is the same problem as over HTTP. Events marked lasting carry a \`version\` or absolute positions, and what a client missed comes back by \`POST /api/sync\`; the others are gone when missed.

Events of one conversation may overtake each other on their way, above all with several processes: show messages by \`seq\`, keep of each thing the one with the higher \`version\`, and when a version is missing for longer than a moment ask \`POST /api/sync\`.

Behind the payload of any command may stand \`{traceparent}\`, as W3C writes it: where the server writes traces, the command's belongs to that one.`;

const CHANNEL = { $ref: "#/channels/socket" };
/** Keys of components allow no colon. */
const keyOf = (name: string): string => name.replaceAll(":", ".");

/** The socket interface as AsyncAPI 3.0, from the catalogues of commands and events. */
export function asyncApiDocument({ publicUrl }: Pick<Config, "publicUrl">): Record<string, unknown> {
  const { protocol, host } = new URL(publicUrl);
  const components = new SchemaComponents();
  const error = components.describe(problem, "output");
  const commandNames = Object.keys(commands) as CommandName[];
  const eventNames = Object.keys(events) as EventName[];
  const messages = Object.fromEntries([
    ...commandNames.flatMap((name) => commandMessages(name, components, error)),
    ...eventNames.map((name) => eventMessage(name, components)),
  ]);
  return {
    asyncapi: "3.0.0",
    info: { title: "Parley sockets", version: "0.1.0", description: DESCRIPTION, license: { name: "MIT" } },
    defaultContentType: "application/json",
    servers: { parley: { host, pathname: "/socket.io/", protocol: protocol === "https:" ? "wss" : "ws" } },
    channels: { socket: { address: "/", messages: referencesTo(messages, "#/components/messages/") } },
    operations: {
      ...Object.fromEntries(commandNames.map((name) => [keyOf(name), receiveCommand(name)])),
      ...Object.fromEntries(eventNames.map((name) => [keyOf(name), sendEvent(name)])),
    },
    components: { messages, schemas: components.schemas },
  };
}

const referencesTo = (messages: object, prefix: string): JsonSchema =>
  Object.fromEntries(Object.keys(messages).map((key) => [key, { $ref: prefix + key }]));

const messageOf = (key: string) => ({ $ref: `#/channels/socket/messages/${key}` });

const receiveCommand = (name: CommandName): JsonSchema => ({
  action: "receive",
  channel: CHANNEL,
  summary: commands[name].summary,
  messages: [messageOf(keyOf(name))],
  reply: { channel: CHANNEL, messages: [messageOf(`${keyOf(name)}.ack`)] },
});

const sendEvent = (name: EventName): JsonSchema => ({
  action: "send",
  channel: CHANNEL,
  summary: events[name].summary,
  messages: [messageOf(keyOf(name))],
});

function commandMessages(name: CommandName, components: SchemaComponents, error: JsonSchema): [string, JsonSchema][] {
  const { summary, input, result } = commands[name];
  const accepted = components.describe(result.extend({ ok: z.literal(true) }), "output");
  const refused = {
    type: "object",
    properties: { ok: { type: "boolean", const: false }, error },
    required: ["ok", "error"],
  };
  return [
    [keyOf(name), { name, summary, payload: components.describe(input, "input") }],
    [`${keyOf(name)}.ack`, { name: `${name} (acknowledgement)`, payload: { oneOf: [accepted, refused] } }],
  ];
}

function eventMessage(name: EventName, components: SchemaComponents): [string, JsonSchema] {
  const { summary, lasting, payload } = events[name];
  const tags = [{ name: lasting ? "lasting" : "passing" }];
  return [keyOf(name), { name, summary, tags, payload: components.describe(payload, "output") }];
}
