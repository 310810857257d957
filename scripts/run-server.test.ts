import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const module = JSON.stringify(new URL("./run-server.mjs", import.meta.url).href);

/** A server that notes each signal, and ends with the given code half a second after the first. */
const server = (code: number) =>
  `process.on("SIGTERM", () => { console.log("told to stop"); setTimeout(() => process.exit(${code}), 500); });
   process.on("SIGINT", () => console.log("interrupted"));
   setInterval(() => {}, 1000); console.log("up");`;

function start(code: number) {
  const script = `const { runServer } = await import(${module});
    process.exitCode = await runServer(["-e", ${JSON.stringify(server(code))}]);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
}

describe.skipIf(process.platform === "win32")("runServer", () => {
  it("makes one SIGTERM of a Ctrl-C that npm repeats, and passes the exit code on", async () => {
    const { child, output } = start(7);
    await expect.poll(output, { timeout: 10_000 }).toBe("up\n");
    process.kill(-(child.pid ?? 0), "SIGINT");
    child.kill("SIGINT");
    const [code] = (await once(child, "exit")) as [number];
    expect(output()).toBe("up\ntold to stop\n");
    expect(code).toBe(7);
  });

  it("ends with 0 after a clean stop", async () => {
    const { child, output } = start(0);
    await expect.poll(output, { timeout: 10_000 }).toBe("up\n");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});
