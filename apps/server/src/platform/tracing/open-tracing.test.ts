import { setTimeout as after } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startCollector, type TestCollector } from "../../../../../tests/support/start-collector.ts";
import { AppError } from "../app-error.ts";
import { createLogger } from "../logger.ts";
import { openTracing } from "./open-tracing.ts";
import type { Tracing } from "./tracing.ts";
import type { TracingSettings } from "./tracing-settings.ts";

describe("openTracing", () => {
  let collector: TestCollector;
  let tracing: Tracing;
  let troubles: string[];

  const open = async (settings: Partial<TracingSettings> = {}) => {
    tracing = await openTracing(
      { ...collector.settings, ...settings },
      { lost: () => troubles.push("lost"), over: () => troubles.push("over") },
    );
  };

  beforeEach(async () => {
    collector = await startCollector();
    troubles = [];
    await open();
  });
  afterEach(async () => {
    await tracing.close();
    await collector.stop();
  });

  it("puts spans below the one under way, also behind an await", async () => {
    await tracing.span("above", {}, async () => {
      await after(1);
      tracing.span("below", { facts: { size: 3 } }, () => {});
    });
    const trace = await collector.traceWith("above");
    const [below, above] = ["below", "above"].map((name) => trace.find((span) => span.name === name));
    expect(below).toMatchObject({ parentSpanId: above?.spanId, facts: { size: 3 } });
  });

  it("says of an error only its code", async () => {
    const wrong = () => Promise.reject(new Error("quotes a secret"));
    await expect(tracing.span("wrong", {}, wrong)).rejects.toThrow("quotes");
    const refuse = () => {
      throw new AppError("overloaded");
    };
    expect(() => tracing.span("refused", {}, refuse)).toThrow(AppError);
    const isIt = (code: string) => ({ hasFailed: true, facts: { "error.type": code } });
    expect(await collector.traceWith("wrong")).toMatchObject([isIt("internal")]);
    expect(await collector.traceWith("refused")).toMatchObject([isIt("overloaded")]);
    expect(collector.texts.join()).not.toContain("secret");
  });

  it("keeps a trace of its own only when it did something, or failed", async () => {
    await tracing.ownTrace("idle", {}, async () => {});
    await tracing.ownTrace("busy", {}, async () => tracing.span("work", {}, () => {}));
    await expect(tracing.ownTrace("failed", {}, () => Promise.reject(new Error("x")))).rejects.toThrow();
    await collector.traceWith("failed");
    await collector.traceWith("busy");
    expect(collector.spans.map(({ name }) => name).sort()).toEqual(["busy", "failed", "work"]);
  });

  it("lets the log say which trace a line belongs to", async () => {
    const lines: string[] = [];
    const destination = { write: (line: string) => lines.push(line) };
    const logger = createLogger("info", { destination, traceFields: () => tracing.logFields });
    tracing.span("logged", {}, () => logger.child({ worker: 1 }).info("within"));
    logger.info("outside");
    const [span] = await collector.traceWith("logged");
    const [within, outside] = lines.map((line) => JSON.parse(line) as object);
    expect(within).toMatchObject({ trace_id: span?.traceId, span_id: span?.spanId, worker: 1 });
    expect(outside).not.toHaveProperty("trace_id");
  });

  it("keeps the share that it is told to, and says so to other processes", async () => {
    await tracing.close();
    await open({ sampler: "always_off" });
    const { isRecording, traceparent } = tracing.span("unseen", {}, () => pick(tracing));
    expect({ isRecording, traceparent }).toEqual({ isRecording: false, traceparent: undefined });
    await tracing.close();
    expect(collector.spans).toEqual([]);
  });

  it("loses spans past the queue of a collector that does not answer, and holds no more than that", async () => {
    await tracing.close();
    await open({ batch: { queue: 100, size: 20, delayMs: 10, timeoutMs: 30_000 } });
    collector.manner = "mute";
    for (let round = 0; round < 100; round += 1) {
      for (let n = 0; n < 100; n += 1) tracing.span("one of many", {}, () => {});
      await after(1);
    }
    expect(tracing.counts).toEqual({ sent: 0, lost: 9_900 });
  });

  it("tells once that the collector refuses, and once that it takes again", async () => {
    collector.manner = "refuses";
    for (const name of ["first", "second"]) {
      tracing.span(name, {}, () => {});
      await after(100);
    }
    collector.manner = "takes";
    tracing.span("third", {}, () => {});
    await collector.traceWith("third");
    await expect.poll(() => tracing.counts).toEqual({ sent: 1, lost: 2 });
    expect(troubles).toEqual(["lost", "over"]);
  });

  it("gives up within a second and a bit when it closes and nobody takes anything", async () => {
    collector.manner = "mute";
    tracing.span("late", {}, () => {});
    const startedAt = performance.now();
    await tracing.close();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

const pick = ({ isRecording, traceparent }: Tracing) => ({ isRecording, traceparent });
