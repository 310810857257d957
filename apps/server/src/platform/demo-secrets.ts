import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const demoSecrets = z.object({ jwtSecret: z.string().min(32), secretKey: z.string().min(32) });
export type DemoSecrets = z.infer<typeof demoSecrets>;

/** Where the demo keeps its secrets. */
export const demoSecretsFile = (dataDir: string): string => join(dataDir, "demo-secrets.json");

/** The demo's JWT secret and server key: made at the first start, readable by the owner alone, then kept. */
export function keepDemoSecrets(dataDir: string): DemoSecrets {
  const file = demoSecretsFile(dataDir);
  mkdirSync(dataDir, { recursive: true });
  const made = { jwtSecret: randomBytes(32).toString("base64url"), secretKey: randomBytes(32).toString("base64url") };
  try {
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readSecrets(file);
}

function readSecrets(file: string): DemoSecrets {
  try {
    return demoSecrets.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new Error(`${file} cannot be read as the demo's secrets. Remove it, and new ones are made.`, { cause });
  }
}
