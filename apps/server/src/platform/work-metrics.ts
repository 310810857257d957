import { Counter, Histogram, type Registry } from "prom-client";

/** Of the work that the server does: requests, jobs, waiting for the database. */
export interface WorkMetrics {
  /** One HTTP request, by its route as the catalogue writes it; in seconds, from its first byte to the last of the answer. */
  requestAnswered(request: { method: string; route: string; status: number }, seconds: number): void;
  /** A request over HTTP was refused, by error code. Of socket commands `parley_command_seconds` tells. */
  requestRefused(code: string): void;
  /** One turn of a job: `ok` or `failed`; in seconds. */
  jobRun(job: string, outcome: "ok" | "failed", seconds: number): void;
  /** Somebody got a connection of that pool, after so many seconds. */
  connectionLent(pool: string, waitedSeconds: number): void;
}

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function createWorkMetrics(registry: Registry): WorkMetrics {
  const histogram = (name: string, help: string, labelNames: string[]) =>
    new Histogram({ name, help, labelNames, buckets: SECONDS, registers: [registry] });
  const requests = histogram("parley_http_request_seconds", "HTTP requests, by route and status.", [
    "method",
    "route",
    "status",
  ]);
  // Not `job`: Prometheus gives that name to what it asks.
  const jobs = histogram("parley_job_seconds", "Turns of jobs, by outcome: ok or failed.", ["name", "outcome"]);
  const lent = histogram("parley_pool_wait_seconds", "Time until a connection to PostgreSQL was free.", ["pool"]);
  const refused = new Counter({
    name: "parley_http_refused_total",
    help: "HTTP requests that were refused or failed, by error code.",
    labelNames: ["code"],
    registers: [registry],
  });
  return {
    requestAnswered: (request, seconds) => requests.observe(request, seconds),
    requestRefused: (code) => refused.inc({ code }),
    jobRun: (job, outcome, seconds) => jobs.observe({ name: job, outcome }, seconds),
    connectionLent: (pool, waitedSeconds) => lent.observe({ pool }, waitedSeconds),
  };
}
