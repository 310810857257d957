import { describe, expect, it } from "vitest";
import { readEnvironment } from "../environment.ts";
import { configFile } from "../define-config.ts";
import { readTracingSettings } from "./read-tracing-settings.ts";

const settings = (env: Record<string, string>, tracing?: object) =>
  readTracingSettings(readEnvironment(env), configFile.parse({ tracing }).tracing);

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318/" };

describe("traces", () => {
  it.each([
    [{}],
    [{ OTEL_SERVICE_NAME: "chat", OTEL_TRACES_SAMPLER: "always_on" }],
    [{ ...ENDPOINT, OTEL_SDK_DISABLED: "true" }],
    [{ ...ENDPOINT, OTEL_TRACES_EXPORTER: "none" }],
  ])("are off: %o", (env: Record<string, string>) => {
    expect(settings(env)).toBeUndefined();
  });

  it("are on when the environment names a collector", () => {
    expect(settings(ENDPOINT)).toEqual({
      url: "http://collector:4318/v1/traces",
      headers: {},
      serviceName: "parley",
      sampler: "parentbased_always_on",
      ratio: 1,
      batch: { queue: 2_048, size: 512, delayMs: 5_000, timeoutMs: 30_000 },
    });
  });

  it("take everything from the standard variables", () => {
    const env = {
      ...ENDPOINT,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://traces.example/in",
      OTEL_SERVICE_NAME: "chat",
      OTEL_TRACES_SAMPLER: "traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "0.25",
      OTEL_BSP_MAX_QUEUE_SIZE: "10",
    };
    expect(settings(env)).toMatchObject({
      url: "https://traces.example/in",
      serviceName: "chat",
      sampler: "traceidratio",
      ratio: 0.25,
      batch: { queue: 10 },
    });
  });

  it("are on by the configuration file, and the environment goes before it", () => {
    const tracing = { endpoint: "http://file:4318", headers: { "x-key": "k" }, ratio: 0.1, serviceName: "of the file" };
    expect(settings({}, tracing)).toMatchObject({
      url: "http://file:4318/v1/traces",
      headers: { "x-key": "k" },
      serviceName: "of the file",
      sampler: "parentbased_traceidratio",
      ratio: 0.1,
    });
    expect(settings({ ...ENDPOINT, OTEL_TRACES_SAMPLER_ARG: "0.5" }, tracing)).toMatchObject({
      url: "http://collector:4318/v1/traces",
      ratio: 0.5,
    });
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" }, /OTEL_EXPORTER_OTLP_ENDPOINT must be an address/],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, /OTEL_EXPORTER_OTLP_PROTOCOL must be http\/json/],
    [{ OTEL_TRACES_SAMPLER: "jaeger_remote" }, /OTEL_TRACES_SAMPLER must be one of/],
    [{ OTEL_TRACES_SAMPLER_ARG: "7" }, /OTEL_TRACES_SAMPLER_ARG must be 1 or less/],
  ])("stop the start with a sentence: %o", (env: Record<string, string>, sentence) => {
    expect(() => readEnvironment(env)).toThrow(sentence);
  });
});
