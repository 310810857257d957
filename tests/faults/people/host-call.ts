import { call } from "../devices/call.ts";

export const SECRET_KEY = "the-server-key-of-this-test";

/** A request with the server key. @throws Error when it is refused, or not answered within eight seconds */
export async function hostCall<Result>(url: string, method: string, path: string, body?: object): Promise<Result> {
  const answer = await call({ url, method, path, body, token: SECRET_KEY, timeoutMs: 8_000 });
  if (answer.problem !== null) throw Object.assign(new Error(answer.problem.code), { problem: answer.problem });
  return answer.body as Result;
}
