// npm run dev: the server from its sources, restarted at every change, and the web apps rebuilt beside it. One address for all.
import "./require-node.mjs";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { bundledFolders } from "./build.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { loadEnvFile } from "./load-env-file.mjs";
import { requireFreePort } from "./require-free-port.mjs";
import { root, toolArgs } from "./run-program.mjs";
import { runServer } from "./run-server.mjs";

try {
  loadEnvFile();
  await requireFreePort(process.env, "npm run dev");
  await ensureInstalled();
  const bundlers = bundledFolders().map(watchBundle);
  const server = [
    ...toolArgs("tsx"),
    "watch",
    "--conditions=source",
    "--clear-screen=false",
    join("apps", "server", "src", "main.ts"),
  ];
  process.exitCode = await runServer(server);
  for (const bundler of bundlers) bundler.kill();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function watchBundle(folder) {
  const args = [...toolArgs("vite"), "build", "--watch", "--mode=development", "--logLevel=warn"];
  return spawn(process.execPath, args, { cwd: join(root, folder), stdio: "inherit" });
}
