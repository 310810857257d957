import { randomUUID } from "node:crypto";
import { setTimeout as after } from "node:timers/promises";
import { hostname } from "node:os";
import type * as OpenTelemetrySdk from "@opentelemetry/sdk-trace";
import type { Sampler } from "@opentelemetry/sdk-trace";
import { SpanCounts, type TracingTrouble } from "./count-spans.ts";
import { OpenTelemetryTracing } from "./opentelemetry-tracing.ts";
import type { TracingSettings } from "./tracing-settings.ts";
import type { Tracing } from "./tracing.ts";

/** What waits when the process stops has so long to get out. */
const FAREWELL_MS = 1_000;

/**
 * Starts OpenTelemetry. Its libraries are loaded here and nowhere else: a server without traces never reads them. Nothing
 * of it is global, several servers of one process have traces of their own.
 */
export async function openTracing(settings: TracingSettings, trouble: TracingTrouble): Promise<Tracing> {
  const [api, sdk, resources, otlp] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/resources"),
    import("@opentelemetry/exporter-trace-otlp-http"),
  ]);
  const { url, headers, batch, serviceName } = settings;
  const counts = new SpanCounts(batch.queue, trouble);
  const exporter = new otlp.OTLPTraceExporter({ url, ...(Object.keys(headers).length > 0 && { headers }) });
  const gather = new sdk.BatchSpanProcessor({
    exporter: counts.behind(exporter),
    maxQueueSize: batch.queue,
    maxExportBatchSize: Math.min(batch.size, batch.queue),
    scheduledDelayMillis: batch.delayMs,
    exportTimeoutMillis: batch.timeoutMs,
  });
  const here = { "service.name": serviceName, "service.instance.id": randomUUID(), "host.name": hostname() };
  const provider = new sdk.TracerProvider({
    resource: resources
      .detectResources({ detectors: [resources.envDetector] })
      .merge(resources.resourceFromAttributes(here)),
    sampler: samplerOf(sdk, settings),
    spanProcessors: [counts.before(gather)],
  });
  const close = async () => {
    await Promise.race([provider.shutdown().catch(() => {}), after(FAREWELL_MS, undefined, { ref: false })]);
  };
  return new OpenTelemetryTracing({ api, tracer: provider.getTracer("parley"), counts, close });
}

type Sdk = typeof OpenTelemetrySdk;

function samplerOf(sdk: Sdk, { sampler, ratio }: TracingSettings): Sampler {
  const [kind, isParentBased] = sampler.startsWith("parentbased_")
    ? [sampler.slice("parentbased_".length), true]
    : [sampler, false];
  const root = rootSampler(sdk, kind, ratio);
  return isParentBased ? new sdk.ParentBasedSampler({ root }) : root;
}

function rootSampler(sdk: Sdk, kind: string, ratio: number): Sampler {
  if (kind === "always_on") return new sdk.AlwaysOnSampler();
  if (kind === "always_off") return new sdk.AlwaysOffSampler();
  return new sdk.TraceIdRatioBasedSampler(ratio);
}
