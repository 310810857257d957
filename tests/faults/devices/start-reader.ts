import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { HistoryWriter } from "../history/history-file.ts";
import type { HistoryRecord } from "../history/history.ts";
import type { Way } from "./way.ts";

const PROGRAM = fileURLToPath(new URL("reader-process.ts", import.meta.url));

/** A device that can be made to stand still. */
export interface Reader {
  readonly name: string;
  stall(): void;
  readAgain(): void;
  /** Resolves when it has caught up and told what it shows; then it ends. */
  tellViews(conversationIds: readonly string[]): Promise<void>;
  kill(): void;
}

/** Resolves when it is connected. */
export async function startReader(userId: string, { name: server, url }: Way, history: HistoryWriter): Promise<Reader> {
  const name = `${userId}, a process`;
  const args = ["--conditions=source", "--import", "tsx", PROGRAM, userId, name, url, server];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const exited = once(child, "exit");
  await new Promise<void>((resolve) => {
    child.on("message", (record: HistoryRecord | null) => {
      if (record === null) return;
      if (record.type === "connected") resolve();
      history.write("at" in record ? { ...record, at: history.now() } : record);
    });
  });
  return {
    name,
    stall: () => child.kill("SIGSTOP"),
    readAgain: () => child.kill("SIGCONT"),
    tellViews: async (conversationIds) => {
      child.send(conversationIds);
      await exited;
    },
    kill: () => child.kill("SIGKILL"),
  };
}
