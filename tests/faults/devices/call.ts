import type { Problem } from "@parley/protocol";

interface Call {
  readonly url: string;
  readonly path: string;
  readonly method: string;
  readonly token: string;
  readonly body?: object | undefined;
  readonly timeoutMs: number;
}

interface Called {
  readonly text: string;
  readonly body: unknown;
  /** null: it succeeded. */
  readonly problem: Problem | null;
}

/** One HTTP request. Rejects when there is no answer in time. */
export async function call({ url, path, method, token, body, timeoutMs }: Call): Promise<Called> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
    signal: AbortSignal.timeout(timeoutMs),
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = JSON.parse(text);
  return { text, body: parsed, problem: response.ok ? null : (parsed as Problem) };
}
