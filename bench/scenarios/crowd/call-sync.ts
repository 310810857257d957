import { Agent, request } from "node:http";
import type { SyncResult } from "@parley/protocol";

/** As with browsers: each person has a connection of their own, here for one call. */
const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
const TIMEOUT_MS = 10_000;

export type SyncAnswer =
  | { readonly ok: true; readonly result: SyncResult }
  | { readonly ok: false; readonly retryAfterMs: number };

/** One call of `POST /api/sync`; a failed one counts as refused without a time. */
export function callSync(port: number, token: string, versions: Readonly<Record<string, number>>): Promise<SyncAnswer> {
  const body = JSON.stringify({ versions });
  return new Promise((resolve) => {
    const failed = () => resolve({ ok: false, retryAfterMs: 0 });
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const call = request(
      { host: "127.0.0.1", port, path: "/api/sync", method: "POST", headers, agent, timeout: TIMEOUT_MS },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("end", () => resolve(toAnswer(response.statusCode ?? 0, text)));
        response.on("error", failed);
      },
    );
    call.on("error", failed);
    call.on("timeout", () => call.destroy());
    call.end(body);
  });
}

function toAnswer(status: number, text: string): SyncAnswer {
  if (status === 200) return { ok: true, result: JSON.parse(text) as SyncResult };
  const { retryAfterMs = 0 } = JSON.parse(text) as { retryAfterMs?: number };
  return { ok: false, retryAfterMs };
}
