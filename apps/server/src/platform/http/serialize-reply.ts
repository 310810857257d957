import type { Endpoint } from "@parley/protocol";
import fastJson from "fast-json-stringify";
import { z } from "zod";

type JsonSchema = Record<string, unknown>;
type Serialize = (body: unknown) => string;

/** One serialiser for each status that an endpoint answers with. They write what the schema names and drop the rest. */
export function compileSerializers(endpoint: Endpoint): Map<number, Serialize> {
  const entries = Object.entries(endpoint.responses);
  return new Map(entries.map(([status, schema]) => [Number(status), compileSerializer(schema)]));
}

/** Text stays text, everything else becomes JSON. */
export function compileSerializer(schema: z.ZodType): Serialize {
  if (schema instanceof z.ZodString) return String;
  // A registry of its own: nothing has an id in it, so that everything stands in place, without references.
  const described = z.toJSONSchema(schema, { io: "output", metadata: z.registry() });
  return fastJson(onlyShape(described) as unknown as fastJson.Schema);
}

/** Keeps what the serialiser needs to know. Its checks (format, pattern, enum …) are for input, and cost. */
function onlyShape(schema: JsonSchema): JsonSchema {
  const options = schema.anyOf as JsonSchema[] | undefined;
  if (options !== undefined) return nullable(options);
  const { type, properties, items, required, additionalProperties } = schema;
  return {
    ...(type !== undefined && { type }),
    ...(isSchema(properties) && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, onlyShape(value as JsonSchema)]),
      ),
    }),
    ...(isSchema(items) && { items: onlyShape(items) }),
    ...(required !== undefined && { required }),
    ...(isSchema(additionalProperties) && { additionalProperties: onlyShape(additionalProperties) }),
  };
}

function nullable(options: JsonSchema[]): JsonSchema {
  const [first, ...others] = options.filter(({ type }) => type !== "null").map((option) => onlyShape(option));
  if (first === undefined || others.length > 0) throw new Error("A reply may hold one shape or null, no other choice.");
  return options.length > 1 ? { ...first, nullable: true } : first;
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === "object" && value !== null;
