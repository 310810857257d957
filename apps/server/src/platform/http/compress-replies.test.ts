import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { fastify } from "fastify";
import { expect, it } from "vitest";
import { compressReplies } from "./compress-replies.ts";

const LONG = { text: "Grüezi mitenand. ".repeat(200) };

async function ask(headers: Record<string, string>, url = "/long") {
  const http = fastify();
  compressReplies(http);
  http.get("/long", (_request, reply) => reply.header("vary", "Origin").send(LONG));
  http.get("/short", () => ({ text: "Grüezi" }));
  http.get("/picture", (_request, reply) => reply.type("image/svg+xml").send(LONG.text));
  const { headers: answered, rawPayload } = await http.inject({ url, headers });
  await http.close();
  return {
    encoding: answered["content-encoding"],
    vary: answered.vary,
    length: answered["content-length"],
    rawPayload,
  };
}

it("compresses what is long, in the best way that is understood", async () => {
  const best = await ask({ "accept-encoding": "gzip, deflate, br, zstd" });
  expect(best).toMatchObject({ encoding: "br", vary: "Origin, accept-encoding" });
  expect(JSON.parse(brotliDecompressSync(best.rawPayload).toString())).toEqual(LONG);
  expect(Number(best.length)).toBe(best.rawPayload.length);
  const older = await ask({ "accept-encoding": "gzip;q=0.8, br;q=0" });
  expect(older.encoding).toBe("gzip");
  expect(JSON.parse(gunzipSync(older.rawPayload).toString())).toEqual(LONG);
});

it("leaves the rest as it is, and says that it may differ", async () => {
  expect(await ask({ "accept-encoding": "identity" })).toMatchObject({
    encoding: undefined,
    vary: "Origin, accept-encoding",
  });
  expect(await ask({ "accept-encoding": "br" }, "/short")).toMatchObject({ encoding: undefined, vary: undefined });
  expect(await ask({ "accept-encoding": "br" }, "/picture")).toMatchObject({ encoding: undefined, vary: undefined });
});

it("tells a site that makes the browser ask nothing by the size of the answer", async () => {
  const byOthers = { "accept-encoding": "br", "sec-fetch-site": "cross-site" };
  expect((await ask(byOthers)).encoding).toBeUndefined();
  expect((await ask({ ...byOthers, "sec-fetch-site": "same-site" })).encoding).toBeUndefined();
  expect((await ask({ ...byOthers, authorization: "Bearer x" })).encoding).toBe("br");
  expect((await ask({ ...byOthers, "sec-fetch-site": "same-origin" })).encoding).toBe("br");
});
