import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { createHttpCaller } from "../support/http-caller.ts";
import { JWT_SECRET, SECRET_KEY, signToken } from "../support/start-server.ts";
import { openTestSocket } from "../support/test-socket.ts";
import { waitUntil } from "../support/wait-until.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

describe("SIGTERM", () => {
  let database: TestDatabase;
  let folder: string;
  let child: ChildProcess;
  let url: string;
  let output = "";

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), "parley-stop-"));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const config = join(folder, "parley.json");
    writeFileSync(config, JSON.stringify({ conversationTypes: { group: { messageRate: null } } }));
    child = spawn(process.execPath, ["--conditions=source", "--import", "tsx", "apps/server/src/main.ts"], {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE_ENV: "test",
        PORT: String(port),
        HOST: "127.0.0.1",
        DATA_DIR: folder,
        DATABASE_URL: database.url,
        PARLEY_JWT_SECRET: JWT_SECRET,
        PARLEY_SECRET_KEY: SECRET_KEY,
        PARLEY_CONFIG: config,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const listen = (chunk: Buffer) => (output += chunk.toString());
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    await waitUntil(() => isReady(url), { withinMs: 50_000, what: "the server is ready" }).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${output}`);
    });
  });
  afterAll(async () => {
    if (child.exitCode === null) child.kill("SIGKILL");
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("with sends in flight: what was acknowledged is stored, clients are told, the exit is 0 within 10 s", async () => {
    const asHost = createHttpCaller(
      () => url,
      async () => SECRET_KEY,
    );
    const body = { type: "group", participants: [{ userId: "ana" }] };
    const { id } = (await asHost("openConversation", { body })).conversation;
    const token = await signToken("ana");
    const sockets = await Promise.all(Array.from({ length: 5 }, () => openTestSocket(url, token)));
    const acknowledged: string[] = [];
    const flood = sockets.map(async (socket, who) => {
      for (let n = 0; socket.io.connected; n += 1) {
        const clientMessageId = `${who}-${n}`;
        const input = { conversationId: id, clientMessageId, content: clientMessageId };
        const answer = await socket.io
          .timeout(2_000)
          .emitWithAck("message:send", input)
          .catch(() => null);
        if (answer?.ok) acknowledged.push(clientMessageId);
        else if (answer?.error.code === "rate_limited") await new Promise((go) => setTimeout(go, 50));
      }
    });
    await waitUntil(() => acknowledged.length > 100, { what: "sends are under way" });
    const exited = once(child, "exit");
    const stoppedAt = performance.now();
    child.kill("SIGTERM");
    const [code, signal] = await exited;
    await Promise.all(flood);
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(performance.now() - stoppedAt).toBeLessThan(10_000);
    const draining = sockets.map(({ events }) => events.find(({ name }) => name === "server:draining")?.payload);
    for (const payload of draining) expect(payload).toEqual({ reconnectAfterMs: expect.any(Number) });
    expect(new Set(draining.map((payload) => JSON.stringify(payload))).size).toBeGreaterThan(1);
    const stored = await storedIds(database, id);
    expect(acknowledged.filter((clientMessageId) => !stored.has(clientMessageId))).toEqual([]);
    for (const socket of sockets) socket.close();
    expect(output).not.toContain(token);
  });
});

async function storedIds({ adminUrl }: TestDatabase, id: string): Promise<ReadonlySet<string>> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const query = "SELECT client_message_id FROM parley.messages WHERE conversation_id = $1";
  const { rows } = await client.query<{ client_message_id: string }>(query, [id]);
  await client.end();
  return new Set(rows.map((row) => row.client_message_id));
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
