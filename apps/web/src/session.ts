import { call } from "./api.ts";
import { hasFirstAnswer } from "./first-answers.ts";

/** Who is signed in here. In the demo each tab is somebody of its own; else the host's cookie speaks for all tabs. */
export type Session = { readonly kind: "demo"; readonly userId: string } | { readonly kind: "host" };

const KEY = "parley:demo";
/** Renewed when it has less than this left, in ms. */
const MARGIN_MS = 30_000;
/** What the page came with is believed for so long after its start. */
const STRANGER_MS = 60_000;

interface DemoToken {
  readonly userId: string;
  readonly token: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

let hostSession: Session | null = null;
/** The demo person of this tab has signed out. */
let hasLeft = false;

/** The session of this tab; null when nobody is signed in. */
export async function findSession(): Promise<Session | null> {
  const stored = readToken();
  if (stored !== null) return { kind: "demo", userId: stored.userId };
  if (hostSession !== null) return hostSession;
  if (isStranger()) return null;
  try {
    if (!hasFirstAnswer("GET", "/api/session")) await call("getSession");
    hostSession = { kind: "host" };
  } catch {
    hostSession = null;
  }
  return hostSession;
}

/**
 * The server has said with the page that it came without a cookie: it would refuse to say who that is, and browsers write that into the
 * console. A page that has stood for a while may have got one from the host meanwhile.
 */
function isStranger(): boolean {
  const [page] = performance.getEntriesByType("navigation") as (PerformanceNavigationTiming | undefined)[];
  return performance.now() < STRANGER_MS && (page?.serverTiming?.some(({ name }) => name === "stranger") ?? false);
}

/** Signs in as one of the people of the demo story, in this tab only. */
export async function signInAs(userId: string): Promise<void> {
  const { token, expiresAt } = await call("demoSignIn", { userId });
  hasLeft = false;
  sessionStorage.setItem(KEY, JSON.stringify({ userId, token, expiresAt } satisfies DemoToken));
}

/** Forgets the demo person of this tab, and ends their session at the server. A host's session is the host's to end. */
export function signOut(): void {
  const stored = readToken();
  sessionStorage.removeItem(KEY);
  hasLeft = true;
  if (stored === null) return;
  const headers = { authorization: `Bearer ${stored.token}` };
  // Without a network the token ends by itself; nobody here knows it any more.
  fetch("/api/session", { method: "DELETE", headers }).catch(() => {});
}

/** A valid token of the demo person; the first call may return the one at hand, every further one signs in anew. */
export function demoTokens(userId: string): () => Promise<string> {
  let first = true;
  return async () => {
    // The server closes the connection when the session ends: that must not sign the person in again.
    if (hasLeft) throw new Error("Signed out.");
    const stored = readToken();
    const usable = stored?.userId === userId && Date.parse(stored.expiresAt) - Date.now() > MARGIN_MS;
    if (first && usable) {
      first = false;
      return stored.token;
    }
    first = false;
    await signInAs(userId);
    return readToken()?.token ?? "";
  };
}

function readToken(): DemoToken | null {
  try {
    const value = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Partial<DemoToken> | null;
    if (typeof value?.userId !== "string" || typeof value.token !== "string") return null;
    return { userId: value.userId, token: value.token, expiresAt: value.expiresAt ?? "" };
  } catch {
    return null;
  }
}
