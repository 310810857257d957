// npm start: from a fresh clone to a running Parley. Installs and builds what is missing, then runs the server.
import "./require-node.mjs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { loadEnvFile } from "./load-env-file.mjs";
import { requireFreePort } from "./require-free-port.mjs";
import { root } from "./run-program.mjs";
import { runServer } from "./run-server.mjs";

try {
  loadEnvFile();
  await requireFreePort(process.env, "npm start");
  await ensureInstalled();
  await ensureBuilt();
  console.log(
    process.env.DATABASE_URL
      ? "Starting the server …"
      : "Starting the server and its PostgreSQL (the first time it is made, and filled with the demo) …",
  );
  process.exitCode = await runServer([join(root, "apps", "server", "dist", "main.js"), ...process.argv.slice(2)]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
