import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Device } from "./device.ts";
import type { Random } from "./random.ts";

const WORDS = ["Grüße", "日本語", "👍🏽", "‏שלום", "line\nbreak", "<b>&amp;", "'; DROP", "plain"] as const;
/** Some are sent again although they were acknowledged, some give up before the answer can be there. */
const REPEATED_ANYWAY = 0.05;
const IMPATIENT = 0.1;
const BY_HTTP = 0.25;

interface Sending {
  readonly device: Device;
  readonly conversationId: string;
  readonly random: Random;
  /** Mean pause between two messages, in milliseconds. */
  readonly pauseMs: number;
  readonly isOver: () => boolean;
}

/**
 * Sends one message after the other to one conversation until it is over, and each one until it is acknowledged, always
 * under its first clientMessageId, by socket or HTTP as it comes.
 */
export async function sendUntil({ device, conversationId, random, pauseMs, isOver }: Sending): Promise<void> {
  for (let n = 1; !isOver(); n += 1) {
    const body = `${device.userId} ${n} ${random.pick(WORDS)} ${Math.floor(random.next() * 1e9)}`;
    const clientMessageId = randomUUID();
    const attempt = async () => {
      while (!device.isConnected) await sleep(20);
      const via = random.next() < BY_HTTP ? "http" : "socket";
      const timeoutMs = random.next() < IMPATIENT ? random.between(1, 30) : 5_000;
      return device.attempt({ conversationId, clientMessageId, body, via, timeoutMs });
    };
    while (!(await attempt())) await sleep(random.between(50, 400));
    if (random.next() < REPEATED_ANYWAY) await attempt();
    await sleep(random.between(0, 2 * pauseMs));
  }
}
