// A process of its own that plays many people: connects them, cuts them off, lets them come back.
import { setTimeout as sleep } from "node:timers/promises";
import { Histogram } from "../../histogram.ts";
import type { TextSocket } from "../../wire/web-socket.ts";
import { callSync } from "./call-sync.ts";
import { openMemberSocket, Refused } from "./member-socket.ts";
import type { FromCrowd, Member, Returned, ToCrowd } from "./messages.ts";

const CONNECT_AT_ONCE = 50;

interface Person {
  readonly member: Member;
  version: number;
  socket: TextSocket | null;
}

let port = 0;
const people: Person[] = [];

const questions: {
  readonly [Type in ToCrowd["type"]]: (question: Extract<ToCrowd, { type: Type }>) => Promise<FromCrowd>;
} = {
  connect: async (question) => {
    port = question.port;
    people.push(...question.members.map((member) => ({ member, version: member.version, socket: null })));
    await atOnce(CONNECT_AT_ONCE, people, connect);
    return done();
  },
  cut: async () => {
    for (const person of people) cut(person);
    return done();
  },
  return: async ({ version }) => ({ type: "returned", ...(await returnAll(version)) }),
  type: async () => {
    await atOnce(CONNECT_AT_ONCE, people, typeForAMoment);
    return done();
  },
};

const done = (): FromCrowd => ({ type: "done", open: people.filter(({ socket }) => socket !== null).length });

function cut(person: Person): void {
  person.socket?.destroy();
  person.socket = null;
}

async function connect(person: Person): Promise<void> {
  for (let failures = 0; person.socket === null; failures += 1) {
    try {
      person.socket = await openMemberSocket(port, person.member.token);
    } catch (error) {
      await sleep(waitFor(error, failures + 1));
    }
  }
}

async function typeForAMoment({ socket, member: { conversationId } }: Person): Promise<void> {
  for (const command of ["conversation:join", "typing:start", "typing:stop", "conversation:leave"]) {
    socket?.send(`42["${command}",{"conversationId":"${conversationId}"}]`);
  }
  await sleep(5);
}

/** As the SDK's back-off: exponential with full jitter, never before the server wants it. */
function waitFor(error: unknown, failures: number): number {
  const backOff = Math.random() * Math.min(30_000, 500 * 2 ** (failures - 1));
  return Math.max(error instanceof Refused ? error.retryAfterMs * (1 + Math.random() * 0.25) : 0, backOff);
}

async function returnAll(version: number): Promise<Returned> {
  const connected = new Histogram();
  const caughtUp = new Histogram();
  const counts = { refusedSockets: 0, refusedSyncs: 0, syncs: 0, messages: 0 };
  const began = performance.now();

  async function comeBack(person: Person): Promise<void> {
    await sleep(waitFor(null, 1));
    for (let failures = 1; person.socket === null; failures += 1) {
      try {
        person.socket = await openMemberSocket(port, person.member.token);
      } catch (error) {
        counts.refusedSockets += 1;
        await sleep(waitFor(error, failures));
      }
    }
    connected.record(performance.now() - began);
    await catchUp(person);
    caughtUp.record(performance.now() - began);
  }

  async function catchUp(person: Person): Promise<void> {
    for (let failures = 1; person.version < version; ) {
      const answer = await callSync(port, person.member.token, { [person.member.conversationId]: person.version });
      counts.syncs += 1;
      if (!answer.ok) {
        counts.refusedSyncs += 1;
        await sleep(waitFor(new Refused(answer.retryAfterMs), failures));
        failures += 1;
        continue;
      }
      const [change] = answer.result.changes;
      counts.messages += change?.messages.length ?? 0;
      person.version = change?.conversation.version ?? person.version;
    }
  }

  await Promise.all(people.map(comeBack));
  return { connected: connected.percentiles(), caughtUp: caughtUp.percentiles(), ...counts };
}

async function atOnce<Item>(most: number, items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  const workers = Array.from({ length: most }, async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  });
  await Promise.all(workers);
}

process.on("message", (question: ToCrowd) => {
  const answer = questions[question.type] as (question: ToCrowd) => Promise<FromCrowd>;
  void answer(question).then((reply) => process.send?.(reply));
});
