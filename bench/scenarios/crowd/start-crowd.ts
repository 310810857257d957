import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { FromCrowd, Member, Returned, ToCrowd } from "./messages.ts";

const MAIN = fileURLToPath(new URL("crowd.ts", import.meta.url));

/** Many people in a process of their own. */
export interface Crowd {
  readonly pid: number;
  /** These come too; connects all who are not connected, and returns how many connections there are now. */
  connect(port: number, members: readonly Member[]): Promise<number>;
  cut(): Promise<void>;
  /** All come back at once, as the SDK does, and catch up to this version of their conversation. */
  comeBack(version: number): Promise<Returned>;
  /** All join their conversation, type, and leave it. */
  type(): Promise<void>;
  stop(): Promise<void>;
}

export function startCrowd(): Crowd {
  const child = fork(MAIN, [], { execArgv: ["--conditions=source", "--import", "tsx"] });
  async function ask(question: ToCrowd): Promise<FromCrowd> {
    child.send(question);
    const [answer] = (await once(child, "message")) as [FromCrowd];
    return answer;
  }
  return {
    pid: child.pid ?? 0,
    connect: async (port, members) => {
      const answer = await ask({ type: "connect", port, members });
      return answer.type === "done" ? answer.open : 0;
    },
    cut: async () => void (await ask({ type: "cut" })),
    comeBack: async (version) => {
      const answer = await ask({ type: "return", version });
      if (answer.type !== "returned") throw new Error("The crowd answered something else.");
      return answer;
    },
    type: async () => void (await ask({ type: "type" })),
    stop: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      child.kill("SIGTERM");
      await ended;
    },
  };
}
