import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requireFreePort } from "./require-free-port.mjs";

let taker: Server;
let port: number;
beforeEach(async () => {
  taker = createServer();
  await new Promise<void>((resolve) => taker.listen(0, "127.0.0.1", resolve));
  ({ port } = taker.address() as AddressInfo);
});
afterEach(() => new Promise((resolve) => taker.close(resolve)));

describe("a port that is taken", () => {
  const refusal = () => `Port ${port} is taken by another program`;

  it("is refused with what to do, in the demo as in production", async () => {
    await expect(requireFreePort({ PORT: String(port) }, "npm start")).rejects.toThrow(refusal());
    const production = { PORT: String(port), PARLEY_JWT_SECRET: "secret" };
    await expect(requireFreePort(production, "npm start")).rejects.toThrow(`PORT=${port + 1} npm start`);
  });

  it("is no matter when another one is named, and what is no port the server refuses", async () => {
    await requireFreePort({ PORT: "0" }, "npm start");
    await requireFreePort({ PORT: "many" }, "npm start");
    await new Promise((resolve) => taker.close(resolve));
    await requireFreePort({ PORT: String(port) }, "npm start");
  });

  it("ends npm start before anything was made", () => {
    const dataDir = join(tmpdir(), `parley-never-made-${process.pid}`);
    const { npm_lifecycle_event: _, ...rest } = process.env;
    const env = { ...rest, PORT: String(port), DATA_DIR: dataDir };
    const script = join(import.meta.dirname, "start.mjs");
    const { status, stderr, stdout } = spawnSync(process.execPath, [script], { env, encoding: "utf8" });
    expect({ status, stdout, made: existsSync(dataDir) }).toEqual({ status: 1, stdout: "", made: false });
    expect(stderr).toContain(refusal());
  });
});
