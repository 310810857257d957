import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? "");

const compose = read("deploy/compose.yaml");
const dockerfile = read("Dockerfile");

describe("what a deployment is made of", () => {
  it("copies only files into the image that are there", () => {
    const sources = all(dockerfile, /^COPY (?:--from=\w+ )?(.+) \S+$/gm).flatMap((line) => line.split(" "));
    const paths = sources.filter((source) => source !== ".").map((source) => source.replace(/^\/parley\//, ""));
    expect(paths.length).toBeGreaterThan(8);
    for (const path of paths) expect(existsSync(join(ROOT, path)), path).toBe(true);
  });

  it("keeps out of the image what is made in it, and what is secret", () => {
    const ignored = read(".dockerignore").split("\n");
    for (const path of [".env", ".git", "**/node_modules", "**/dist", "data"]) expect(ignored).toContain(path);
  });

  it("sets only variables that the server reads", () => {
    const known = all(read(".env.example"), /^([A-Z_]+)=/gm);
    const environment = compose.slice(compose.indexOf("  environment:"), compose.indexOf("  depends_on:"));
    const variables = all(environment, /^ {4}([A-Z_]+):/gm);
    expect(variables.length).toBeGreaterThan(4);
    expect(variables.filter((name) => !known.includes(name))).toEqual([]);
    const inImage = all(dockerfile, /^ENV (.+)$/gm).flatMap((line) =>
      line.split(" ").map((pair) => pair.split("=")[0]),
    );
    expect(inImage.filter((name) => !known.includes(name ?? ""))).toEqual([]);
  });

  it("names the same servers in nginx as in compose", () => {
    const services = all(compose, /^ {2}([\w-]+):/gm);
    const upstreams = new Set(all(read("deploy/nginx.conf"), /^\s+server ([\w-]+):3000/gm));
    expect([...upstreams]).toEqual(["parley-1", "parley-2"]);
    expect(services).toEqual(expect.arrayContaining([...upstreams]));
  });
});
