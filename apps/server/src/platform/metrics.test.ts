import { describe, expect, it } from "vitest";
import { createMetrics } from "./metrics.ts";

describe("createMetrics", () => {
  it("shows what was counted and measured", async () => {
    const metrics = createMetrics();
    metrics.connectionOpened("websocket");
    metrics.connectionOpened("websocket");
    metrics.connectionClosed("transport close");
    metrics.messageAccepted(true);
    metrics.messageRefused("rate_limited");
    metrics.batchAppended(7, 0.004);
    metrics.fannedOut("message:new", 3);
    metrics.commandRun("message:send", "ok", 0.002);
    metrics.requestAnswered({ method: "GET", route: "/api/search", status: 200 }, 0.03);
    metrics.requestRefused("not_found");
    metrics.jobRun("sweep", "failed", 1);
    metrics.connectionLent("reader", 0.2);
    const text = await metrics.render();
    for (const line of [
      "parley_connections 1",
      'parley_connections_opened_total{transport="websocket"} 2',
      'parley_connections_closed_total{reason="transport close"} 1',
      'parley_messages_accepted_total{repeated="true"} 1',
      'parley_messages_refused_total{code="rate_limited"} 1',
      'parley_append_batch_size_bucket{le="10"} 1',
      'parley_append_batch_size_bucket{le="5"} 0',
      'parley_append_seconds_bucket{le="0.005"} 1',
      'parley_fan_out_deliveries_total{event="message:new"} 3',
      'parley_command_seconds_count{command="message:send",outcome="ok"} 1',
      'parley_http_request_seconds_bucket{le="0.05",method="GET",route="/api/search",status="200"} 1',
      'parley_http_refused_total{code="not_found"} 1',
      'parley_job_seconds_count{name="sweep",outcome="failed"} 1',
      'parley_pool_wait_seconds_bucket{le="0.1",pool="reader"} 0',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    expect(text).toContain("nodejs_eventloop_lag_seconds");
  });

  it("looks at states and counts when it is asked, and not before", async () => {
    const metrics = createMetrics();
    let value = 1;
    const read = () => [[{ queue: "one" }, value] as const];
    metrics.watch({ name: "waiting", help: "What waits.", labels: ["queue"], read });
    metrics.watch({ name: "seen_total", help: "What came.", labels: ["queue"], isCount: true, read });
    for (value of [5, 7]) {
      const text = await metrics.render();
      expect(text).toContain(`waiting{queue="one"} ${value}\n`);
      expect(text).toContain(`# TYPE seen_total counter\nseen_total{queue="one"} ${value}\n`);
    }
  });

  it("keeps two servers in one process apart", async () => {
    createMetrics().connectionOpened("polling");
    expect(await createMetrics().render()).toContain("parley_connections 0\n");
  });
});
