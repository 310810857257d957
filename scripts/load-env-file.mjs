import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run-program.mjs";

/** Takes the variables of `.env`, if there is one; what the environment says already stays as it is. */
export function loadEnvFile() {
  const file = join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}
