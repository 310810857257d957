import { type ChatClient, createChatClient } from "@parley/client";
import { type GetToken, subjectOf } from "./get-token.ts";
import { longerWait } from "./longer-wait.ts";

/** An element that shows somebody's messages. */
export interface Member {
  /** null: the cookie speaks. */
  readonly getToken: GetToken | null;
  /** The client to show; null while nobody is signed in. */
  show(client: ChatClient | null): void;
  failed(error: unknown): void;
}

/** One client for one person at one server, as long as an element shows it. */
interface Session {
  readonly client: ChatClient;
  readonly members: Set<Joined>;
}

interface Joined {
  readonly member: Member;
  /** The token now speaks for somebody else, or for nobody. */
  again(): void;
}

const sessions = new Map<string, Session>();

/** Shows the messages of whoever the member's tokens speak for, also when that changes. Returns how to leave. */
export function joinSession(server: string, member: Member): () => void {
  let leave: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;

  async function enter(waited = 0): Promise<void> {
    let token: string | null;
    try {
      token = (await member.getToken?.()) ?? null;
    } catch (error) {
      if (over) return;
      member.failed(error);
      const wait = longerWait(waited);
      timer = setTimeout(() => void enter(wait), wait);
      return;
    }
    if (over) return;
    const nobody = token === null && member.getToken !== null;
    if (nobody) member.show(null);
    else leave = enterSession(server, token, { member, again });
  }
  function again(): void {
    leave?.();
    leave = null;
    if (!over) void enter();
  }

  void enter();
  return () => {
    over = true;
    clearTimeout(timer);
    leave?.();
  };
}

function enterSession(server: string, token: string | null, joined: Joined): () => void {
  const key = JSON.stringify([server, token && subjectOf(token)]);
  const session = sessions.get(key) ?? startSession(server, token, key);
  session.members.add(joined);
  joined.member.show(session.client);
  return () => {
    session.members.delete(joined);
    // An element that is only moved in the page comes back at once.
    setTimeout(() => endSession(key, session), 0);
  };
}

function startSession(server: string, token: string | null, key: string): Session {
  const members = new Set<Joined>();
  const client = createChatClient(token === null ? { url: server } : { url: server, token: renewal(members, token) });
  const session = { client, members };
  sessions.set(key, session);
  client.connect();
  return session;
}

/** The token at hand first, then new ones from whoever is still there, as long as they speak for the same person. */
function renewal(members: ReadonlySet<Joined>, first: string): () => Promise<string> {
  const subject = subjectOf(first);
  const ask = askingPatiently(members);
  let atHand: string | null = first;
  return async () => {
    const token = atHand ?? (await ask());
    atHand = null;
    if (token !== null && subjectOf(token) === subject) return token;
    for (const joined of [...members]) joined.again();
    throw new Error("There is another person.");
  };
}

/** Asks the newest of them. A host that fails is told so once, and is left alone for a while, however often the client asks. */
function askingPatiently(members: ReadonlySet<Joined>): GetToken {
  let wait = 0;
  /** Set while the host is left alone. */
  let failure: unknown = null;
  return async () => {
    if (failure !== null) throw failure;
    try {
      const token = (await [...members].at(-1)?.member.getToken?.()) ?? null;
      wait = 0;
      return token;
    } catch (error) {
      // Without a network nobody failed, and its return is not waited for any longer.
      if (navigator.onLine) {
        if (wait === 0) for (const { member } of members) member.failed(error);
        wait = longerWait(wait);
        failure = error;
        setTimeout(() => (failure = null), wait);
      }
      throw error;
    }
  };
}

function endSession(key: string, session: Session): void {
  if (session.members.size > 0 || sessions.get(key) !== session) return;
  sessions.delete(key);
  void session.client.close();
}
