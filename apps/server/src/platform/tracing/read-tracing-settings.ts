import { z } from "zod";
import { SAMPLERS, type TracingSettings } from "./tracing-settings.ts";

const address = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^https?:/.test(value),
    'must be an address like "http://collector.example:4318"',
  );
const ratio = z.coerce.number("must be a number from 0 to 1").min(0, "must be 0 or more").max(1, "must be 1 or less");
const count = (sentence: string) => z.coerce.number(sentence).int(sentence).min(1, sentence);
const number = count("must be a whole number above 0");
const milliseconds = count("must be a number of milliseconds");

/** The variables of OpenTelemetry that choose what the server does; the libraries read headers, certificates and attributes themselves. */
export const tracingVariables = {
  OTEL_SDK_DISABLED: z.enum(["true", "false"], { error: "must be true or false" }).optional(),
  OTEL_TRACES_EXPORTER: z.enum(["otlp", "none"], { error: "must be otlp or none" }).optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .enum(["http/json", "http/protobuf"], {
      error: "must be http/json: name the collector's HTTP port, not its gRPC port",
    })
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: address.optional(),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_TRACES_SAMPLER: z.enum(SAMPLERS, { error: `must be one of ${SAMPLERS.join(", ")}` }).optional(),
  OTEL_TRACES_SAMPLER_ARG: ratio.optional(),
  OTEL_BSP_MAX_QUEUE_SIZE: number.optional(),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: number.optional(),
  OTEL_BSP_SCHEDULE_DELAY: milliseconds.optional(),
  OTEL_BSP_EXPORT_TIMEOUT: milliseconds.optional(),
};
type TracingEnvironment = z.output<z.ZodObject<typeof tracingVariables>>;

/** The same in the configuration file; a variable of the environment goes before it. */
export const tracingFile = z.strictObject({
  /** Of the collector, e.g. `http://collector.example:4318`; `/v1/traces` is put behind it. */
  endpoint: address,
  headers: z.record(z.string(), z.string()).optional(),
  serviceName: z.string().min(1).optional(),
  sampler: z.enum(SAMPLERS).optional(),
  /** Share of the traces that are kept, 0 to 1. Alone it says `parentbased_traceidratio`. */
  ratio: z.number().min(0).max(1).optional(),
});
type TracingFile = z.output<typeof tracingFile>;

/** undefined: nobody asked for traces, or they are switched off. */
export function readTracingSettings(
  read: TracingEnvironment,
  file: TracingFile | undefined,
): TracingSettings | undefined {
  const url = addressOf(read, file);
  const isOff = read.OTEL_SDK_DISABLED === "true" || read.OTEL_TRACES_EXPORTER === "none";
  if (url === undefined || isOff) return undefined;
  return {
    url,
    headers: file?.headers ?? {},
    serviceName: read.OTEL_SERVICE_NAME ?? file?.serviceName ?? "parley",
    ...samplerSettings(read, file),
    batch: batchSettings(read),
  };
}

function addressOf(read: TracingEnvironment, file: TracingFile | undefined): string | undefined {
  const endpoint = read.OTEL_EXPORTER_OTLP_ENDPOINT ?? file?.endpoint;
  const usual = endpoint === undefined ? undefined : `${endpoint.replace(/\/+$/, "")}/v1/traces`;
  return read.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? usual;
}

function samplerSettings(read: TracingEnvironment, file: TracingFile | undefined) {
  const ratio = read.OTEL_TRACES_SAMPLER_ARG ?? file?.ratio;
  const usual = ratio === undefined ? "parentbased_always_on" : "parentbased_traceidratio";
  return { sampler: read.OTEL_TRACES_SAMPLER ?? file?.sampler ?? usual, ratio: ratio ?? 1 } as const;
}

const batchSettings = (read: TracingEnvironment): TracingSettings["batch"] => ({
  queue: read.OTEL_BSP_MAX_QUEUE_SIZE ?? 2_048,
  size: read.OTEL_BSP_MAX_EXPORT_BATCH_SIZE ?? 512,
  delayMs: read.OTEL_BSP_SCHEDULE_DELAY ?? 5_000,
  timeoutMs: read.OTEL_BSP_EXPORT_TIMEOUT ?? 30_000,
});
