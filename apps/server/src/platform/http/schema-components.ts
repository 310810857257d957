import { z } from "zod";

export type JsonSchema = Record<string, unknown>;
type Direction = "input" | "output";

const PREFIX = "#/components/schemas/";

/** Gathers the named schemas of a document, so that each stands in it once. */
export class SchemaComponents {
  readonly schemas: Record<string, JsonSchema> = {};

  /**
   * Describes a schema in place, with references to the named ones in it.
   * @param direction what a caller sends (closed: unknown keys are refused) or gets (open: new fields may come)
   */
  describe(schema: z.ZodType, direction: Direction): JsonSchema {
    // Inside of an object, so that a schema that is itself named becomes a reference like any other.
    const { properties, $defs } = z.toJSONSchema(z.object({ value: schema }), { io: direction }) as JsonSchema;
    const named = ($defs ?? {}) as Record<string, JsonSchema>;
    const names = new Map(Object.keys(named).map((id) => [id, this.#nameOf(id, direction, named)]));
    for (const [id, definition] of Object.entries(named)) {
      this.schemas[names.get(id) ?? id] ??= refine(definition, direction, names);
    }
    return refine((properties as { value: JsonSchema }).value, direction, names);
  }

  /** A schema that is sent in another shape than it comes back needs a second name. */
  #nameOf(id: string, direction: Direction, named: Record<string, JsonSchema>): string {
    const object = JSON.stringify(named[id]).includes('"properties"');
    return direction === "output" || !object || id.endsWith("Input") ? id : `${id}Input`;
  }
}

function refine(schema: unknown, direction: Direction, names: ReadonlyMap<string, string>): JsonSchema {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value;
    const kept = Object.entries(value).filter(([key, entry]) => !isNoise(key, entry, direction));
    return Object.fromEntries(kept.map(([key, entry]) => [key, key === "$ref" ? rename(entry) : visit(entry)]));
  };
  const rename = (ref: unknown) => {
    const id = String(ref).replace("#/$defs/", "");
    return PREFIX + (names.get(id) ?? id);
  };
  return visit(schema) as JsonSchema;
}

/** `id` (a text) is Zod's, not JSON Schema's; a property of that name is an object. What comes back may grow. */
const isNoise = (key: string, entry: unknown, direction: Direction): boolean =>
  (key === "id" && typeof entry === "string") ||
  (direction === "output" && key === "additionalProperties" && entry === false);
