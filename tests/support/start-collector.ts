import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TracingSettings } from "../../apps/server/src/platform/tracing/tracing-settings.ts";
import { waitUntil } from "./wait-until.ts";

/** A span as it came over OTLP, with its facts as plain values. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  /** OTLP's numbers: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly hasFailed: boolean;
  /** Which server it came from. */
  readonly instance: string;
}

/** What a collector does with what it is sent. `mute`: it takes the request and never answers. */
type Manner = "takes" | "refuses" | "mute";

/** A real OTLP/HTTP collector, which keeps what it takes. */
export interface TestCollector {
  readonly url: string;
  readonly spans: CollectedSpan[];
  /** Everything as it came, to look for what must not be there. */
  readonly texts: string[];
  manner: Manner;
  /** What a server needs to send to it: soon and often. */
  readonly settings: TracingSettings;
  /** All spans of a trace, once that one is there. */
  traceWith(name: string, fits?: (span: CollectedSpan) => boolean): Promise<CollectedSpan[]>;
  stop(): Promise<void>;
}

interface Value {
  readonly [type: string]: unknown;
}
interface KeyValue {
  readonly key: string;
  readonly value: Value;
}
interface OtlpSpan extends Omit<CollectedSpan, "facts" | "hasFailed" | "instance"> {
  readonly attributes: KeyValue[];
  readonly status?: { readonly code?: number };
}
interface OtlpBody {
  readonly resourceSpans: {
    readonly resource: { readonly attributes: KeyValue[] };
    readonly scopeSpans: { readonly spans: OtlpSpan[] }[];
  }[];
}

const FAILED = 2;

export async function startCollector(): Promise<TestCollector> {
  const spans: CollectedSpan[] = [];
  const texts: string[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    if (collector.manner === "mute") return;
    if (collector.manner === "refuses" || request.url !== "/v1/traces") {
      response.writeHead(400).end();
      return;
    }
    texts.push(text);
    spans.push(...readSpans(JSON.parse(text) as OtlpBody));
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`;
  const collector: TestCollector = {
    url,
    spans,
    texts,
    manner: "takes",
    settings: {
      url,
      headers: {},
      serviceName: "parley under test",
      sampler: "parentbased_always_on",
      ratio: 1,
      batch: { queue: 2_048, size: 512, delayMs: 20, timeoutMs: 30_000 },
    },
    traceWith: async (name, fits = () => true) => {
      const span = await waitUntil(() => spans.find((one) => one.name === name && fits(one)), { what: `span ${name}` });
      return spans.filter(({ traceId }) => traceId === span.traceId);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return collector;
}

const readSpans = ({ resourceSpans }: OtlpBody): CollectedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const instance = String(factsOf(resource.attributes)["service.instance.id"]);
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, status, ...span }) => ({
        ...span,
        facts: factsOf(attributes),
        hasFailed: status?.code === FAILED,
        instance,
      })),
    );
  });

const factsOf = (attributes: readonly KeyValue[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
