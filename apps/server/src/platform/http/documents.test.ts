import { Parser } from "@asyncapi/parser";
import { commands, type Endpoint, endpoints, errors, events } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { asyncApiDocument } from "./asyncapi.ts";
import { openApiDocument } from "./openapi.ts";

const config = { publicUrl: "https://chat.example", demo: true };
type Json = Record<string, unknown>;

function* referencesIn(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, entry] of Object.entries(value)) {
    if (key === "$ref" && typeof entry === "string") yield entry;
    else yield* referencesIn(entry);
  }
}

const resolve = (document: unknown, reference: string): unknown =>
  reference
    .split("/")
    .slice(1)
    .reduce((at, key) => (at as Json | undefined)?.[key], document);

/** The parser's most severe kind. */
const isError = (severity: number): boolean => severity === 0;

describe("the OpenAPI document", () => {
  const document = openApiDocument(config) as Json & { paths: Record<string, Record<string, Json>> };
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

  it("has an operation for every endpoint", () => {
    expect(new Set(operations.map(({ operationId }) => operationId))).toEqual(new Set(Object.keys(endpoints)));
    expect(operations).toHaveLength(Object.keys(endpoints).length);
  });

  it("refers only to what stands in it", () => {
    const references = new Set(referencesIn(document));
    expect(references.size).toBeGreaterThan(10);
    expect([...references].filter((reference) => resolve(document, reference) === undefined)).toEqual([]);
  });

  it("names every parameter of a path, and says who may call", () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters = [] } of Object.values(methods)) {
        const inPath = (parameters as Json[]).filter((parameter) => parameter.in === "path");
        expect(inPath.map(({ name }) => name)).toEqual(named);
      }
    }
    expect(document.paths["/api/users/{id}"]?.put?.security).toEqual([{ serverKey: [] }]);
    expect(document.paths["/healthz"]?.get?.security).toEqual([]);
  });

  it("keeps what is sent apart from what comes back, where they differ", () => {
    const { Subject, SubjectInput } = (document.components as { schemas: Record<string, Json> }).schemas;
    expect(Subject?.required).toContain("title");
    expect(SubjectInput?.required).not.toContain("title");
    expect(SubjectInput?.additionalProperties).toBe(false);
    expect(Subject).not.toHaveProperty("additionalProperties");
  });

  it("tells every error code", () => {
    const responses = JSON.stringify((document.components as Json).responses);
    for (const code of Object.keys(errors)) expect(responses).toContain(`\`${code}\``);
  });

  it("holds the demo's endpoints only in demo mode", () => {
    const { paths } = openApiDocument({ ...config, demo: false }) as { paths: Json };
    const demo = Object.values<Endpoint>(endpoints).filter((endpoint) => endpoint.demo);
    expect(demo).toHaveLength(2);
    for (const { path } of demo) expect(paths).not.toHaveProperty([path]);
  });
});

describe("the AsyncAPI document", () => {
  const document = asyncApiDocument(config);

  it("is valid", async () => {
    const { diagnostics } = await new Parser().parse(JSON.stringify(document));
    const faults = diagnostics.filter(({ severity }) => isError(severity));
    expect(faults.map(({ path, message }) => ({ path, message }))).toEqual([]);
  }, 60_000);

  it("holds every command with its acknowledgement, and every event", () => {
    const { messages } = document.components as { messages: Record<string, { name: string }> };
    const names = Object.values(messages).map(({ name }) => name);
    expect(names).toEqual([
      ...Object.keys(commands).flatMap((name) => [name, `${name} (acknowledgement)`]),
      ...Object.keys(events),
    ]);
  });
});
