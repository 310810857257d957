import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfig } from "./load-config.ts";

const key = "k".repeat(40);
const real = { PARLEY_JWT_SECRET: key, PARLEY_SECRET_KEY: key };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-config-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe("the environment", () => {
  it("has usual values for all but the secrets", async () => {
    const config = await loadConfig({ ...real, HOST: "", PUBLIC_URL: "https://chat.example/" });
    expect(config).toMatchObject({
      port: 3000,
      host: "0.0.0.0",
      publicUrl: "https://chat.example",
      databaseUrl: null,
      migrationDatabaseUrl: null,
      replicaUrls: [],
      redisUrl: null,
      workers: 1,
      demo: false,
      allowedOrigins: [],
      logLevel: "info",
      auth: { jwtSecret: key, jwksUrl: null, audience: null, issuer: null, secretKey: key },
    });
  });

  it.each([
    ["PORT", "abc"],
    ["PORT", "70000"],
    ["WORKERS", "0"],
    ["WORKERS", "two"],
    ["PUBLIC_URL", "chat.example"],
    ["DATABASE_URL", "mysql://x"],
    ["DATABASE_URL", "postgres://a@b/c?sslmode=require&options=-c%20synchronous_commit%3Doff"],
    ["DATABASE_REPLICA_URL", "postgres://a@b/c,replica"],
    ["DATABASE_REPLICA_URL", "postgres://a@b/c"],
    ["MIGRATION_DATABASE_URL", "postgres://a@b/c"],
    ["REDIS_URL", "localhost:6379"],
    ["PARLEY_JWT_SECRET", "too short"],
    ["PARLEY_JWKS_URL", "file:///keys"],
    ["PARLEY_SECRET_KEY", "too short"],
    ["PARLEY_SECRET_KEY", "long enough but with spaces"],
    ["ALLOWED_ORIGINS", "*"],
    ["ALLOWED_ORIGINS", "https://shop.example,https://shop.example/path"],
    ["PARLEY_PRESET", "../secrets"],
    ["PARLEY_PRESET", "no-such-preset"],
    ["PARLEY_CONFIG", "/no/such/file.json"],
    ["LOG_LEVEL", "loud"],
  ])("refuses %s=%s with a sentence that names it", async (name, value) => {
    await expect(loadConfig({ ...real, [name]: value })).rejects.toThrow(new RegExp(`^${name}\\b.*\\.$`));
  });

  it("never repeats a secret in its sentence", async () => {
    await expect(loadConfig({ ...real, PARLEY_JWT_SECRET: "hunter2" })).rejects.not.toThrow("hunter2");
  });

  it("reads origins with spaces and slashes at the end", async () => {
    const config = await loadConfig({ ...real, ALLOWED_ORIGINS: "https://a.example/, http://localhost:5173" });
    expect(config.allowedOrigins).toEqual(["https://a.example", "http://localhost:5173"]);
  });

  it("reads several replicas, which need their primary", async () => {
    const [primary, one, other] = ["postgres://a:x@p/c", "postgres://a:x%2C@r1/c", "postgres://a:x@r2/c"];
    const config = await loadConfig({ ...real, DATABASE_URL: primary, DATABASE_REPLICA_URL: `${one}, ${other}` });
    expect(config.replicaUrls).toEqual([one, other]);
  });

  it("needs the server key outside of the demo", async () => {
    await expect(loadConfig({ PARLEY_JWT_SECRET: key })).rejects.toThrow("PARLEY_SECRET_KEY is needed");
    await expect(loadConfig({ PARLEY_JWKS_URL: "https://shop.example/jwks" })).rejects.toThrow("PARLEY_SECRET_KEY");
  });
});

describe("demo mode", () => {
  it("makes secrets that only the owner reads, keeps them, and stays on this machine", async () => {
    const first = await loadConfig({ DATA_DIR: join(folder, "data") });
    const second = await loadConfig({ DATA_DIR: join(folder, "data") });
    expect(first).toMatchObject({ demo: true, host: "127.0.0.1" });
    expect(first.auth.jwtSecret).toHaveLength(43);
    expect(first.auth.secretKey).not.toBe(first.auth.jwtSecret);
    expect(second.auth).toEqual(first.auth);
    const path = join(folder, "data", "demo-secrets.json");
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
      jwtSecret: first.auth.jwtSecret,
      secretKey: first.auth.secretKey,
    });
    if (process.platform !== "win32") expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("is refused in production, and makes nothing", async () => {
    const start = loadConfig({ DATA_DIR: join(folder, "data"), NODE_ENV: "production" });
    await expect(start).rejects.toThrow(/^PARLEY_JWT_SECRET or PARLEY_JWKS_URL is needed/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("conversation types", () => {
  const typesOf = async (env: NodeJS.ProcessEnv) => (await loadConfig({ ...real, ...env })).conversationTypes;

  it("are built in", async () => {
    const types = await typesOf({});
    expect([...types.keys()]).toEqual(["direct", "group", "order", "project", "gig", "support", "announcement"]);
    expect([...types].filter(([, { openBy }]) => openBy === "users").map(([name]) => name)).toEqual([
      "direct",
      "group",
    ]);
    expect([...types].filter(([, type]) => type.uniquePerSubject).map(([name]) => name)).toEqual(["order", "gig"]);
    expect(types.get("order")?.maxTextLength).toBe(2_000);
    expect(types.get("announcement")).toMatchObject({ writers: "admins", maxTextLength: 5_000 });
  });

  it.each([
    ["parley.json", JSON.stringify({ conversationTypes: { order: { maxTextLength: 300 } } })],
    ["parley.mjs", "export default { conversationTypes: { order: { maxTextLength: 300 } } };"],
    [
      "parley.ts",
      "const max: number = 300;\nexport default { conversationTypes: { order: { maxTextLength: max } } } as const;",
    ],
  ])("take what %s says, field by field", async (name, text) => {
    const order = (await typesOf({ PARLEY_CONFIG: file(name, text) })).get("order");
    expect(order).toEqual({ ...(await typesOf({})).get("order"), maxTextLength: 300 });
  });

  it("take the rest of a new type from group, and lay the file over the preset", async () => {
    const text = JSON.stringify({
      conversationTypes: { lesson: { messageRate: null }, order: { maxParticipants: 7 } },
    });
    const types = await typesOf({ PARLEY_PRESET: "orders", PARLEY_CONFIG: file("parley.json", text) });
    expect(types.get("lesson")).toEqual({ ...(await typesOf({})).get("group"), messageRate: null });
    expect(types.get("order")).toMatchObject({ maxParticipants: 7, messageRate: { count: 10, seconds: 60 } });
  });

  it.each([
    ["an unknown field", { conversationTypes: { order: { maxTextLenght: 3 } } }, "conversationTypes.order"],
    ["a wrong value", { conversationTypes: { order: { openBy: "me" } } }, "conversationTypes.order.openBy"],
    ["an odd name", { conversationTypes: { "a b": {} } }, "conversationTypes.a b"],
    ["no object", 7, "the file"],
  ])("say where the file has %s", async (_, content, where) => {
    const PARLEY_CONFIG = file("parley.json", JSON.stringify(content));
    await expect(loadConfig({ ...real, PARLEY_CONFIG })).rejects.toThrow(
      `PARLEY_CONFIG (${PARLEY_CONFIG}): ${where}: `,
    );
  });

  it("brings the host's hook for errors", async () => {
    const PARLEY_CONFIG = file("parley.mjs", "export default { onError: (report) => `seen: ${report.message}` };");
    const { onError } = await loadConfig({ ...real, PARLEY_CONFIG });
    expect(onError?.({ message: "A", error: {}, facts: {} })).toBe("seen: A");
    const wrong = file("parley.json", '{ "onError": "console.log" }');
    await expect(loadConfig({ ...real, PARLEY_CONFIG: wrong })).rejects.toThrow("onError: must be a function");
  });

  it("has only presets that can be loaded", async () => {
    const presets = readdirSync(new URL("../../presets/", import.meta.url));
    expect(presets).not.toEqual([]);
    for (const preset of presets) await typesOf({ PARLEY_PRESET: preset.replace(".json", "") });
  });
});
