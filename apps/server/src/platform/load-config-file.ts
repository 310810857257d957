import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type ConfigFile, configFile } from "./define-config.ts";

/**
 * Reads a configuration file: `.json`, or `.js` and `.ts` with a default export.
 * @param variable the one that named the file, for the sentence in an error
 * @throws Error with a sentence that says which file, where in it, and what is wrong
 */
export async function loadConfigFile(variable: string, path: string): Promise<ConfigFile> {
  const file = resolve(path);
  const named = `${variable} (${file})`;
  if (!existsSync(file)) throw new Error(`${named}: there is no such file.`);
  const result = configFile.safeParse(await readContent(named, file));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Error(`${named}: ${issue?.path.join(".") || "the file"}: ${issue?.message}.`);
}

async function readContent(named: string, file: string): Promise<unknown> {
  try {
    if (extname(file) === ".json") return JSON.parse(await readFile(file, "utf8"));
    const url = pathToFileURL(file).href;
    const module: { default?: unknown } = extname(file) === ".ts" ? await importTypeScript(url) : await import(url);
    return unwrap(module.default);
  } catch (error) {
    throw new Error(`${named} cannot be loaded: ${(error as Error).message}`, { cause: error });
  }
}

/** A TypeScript file outside of an ESM package arrives as CommonJS: its default export stands one level deeper. */
const unwrap = (content: unknown): unknown =>
  typeof content === "object" && content !== null && "__esModule" in content && "default" in content
    ? content.default
    : content;

/** Node 20 does not read TypeScript by itself. */
async function importTypeScript(url: string): Promise<{ default?: unknown }> {
  const { tsImport } = await import("tsx/esm/api");
  return tsImport(url, import.meta.url);
}
