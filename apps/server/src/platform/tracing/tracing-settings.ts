/** Where traces go and which of them. */
export interface TracingSettings {
  /** Takes OTLP over HTTP as JSON, e.g. `http://127.0.0.1:4318/v1/traces`. */
  readonly url: string;
  /** Sent along, e.g. a key of the collector. Those of OTEL_EXPORTER_OTLP_HEADERS besides. */
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly sampler: SamplerName;
  /** Share of the traces that are kept, 0 to 1, by the samplers that take one. */
  readonly ratio: number;
  readonly batch: BatchSettings;
}

/** How spans wait for the collector; past `queue` they are lost. */
export interface BatchSettings {
  readonly queue: number;
  readonly size: number;
  readonly delayMs: number;
  readonly timeoutMs: number;
}

export const SAMPLERS = [
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;
export type SamplerName = (typeof SAMPLERS)[number];
