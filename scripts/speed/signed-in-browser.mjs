import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"];

/**
 * A browser with a profile of its own in which a person of the demo is signed in by the cookie, as a host's page would be.
 * @param {{ address: string, executablePath: string, debuggingPort?: number, userId?: string }} options
 */
export async function openSignedIn({ address, executablePath, debuggingPort, userId = "ana" }) {
  const profile = mkdtempSync(join(tmpdir(), "parley-profile-"));
  const port = debuggingPort === undefined ? [] : [`--remote-debugging-port=${debuggingPort}`];
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...ARGS, ...port],
    locale: "en-GB",
    timezoneId: "Europe/Zurich",
  });
  const token = await signIn(address, userId);
  await context.addCookies([{ name: "parley_token", value: token, url: address }]);
  return {
    context,
    token,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

/** A token of that person of the demo. */
async function signIn(address, userId) {
  const { token } = await ask(address, "POST", "/api/demo/sign-in", { body: { userId } });
  return token;
}

/** Calls the API; throws unless it succeeds. */
export async function ask(address, method, path, { token, body } = {}) {
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body && { "content-type": "application/json" }),
  };
  const response = await fetch(address + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}.`);
  return response.json();
}

/** The address of the conversation with that person, who has to be the only other one in it. */
export async function conversationWith(address, token, userId) {
  const { conversations } = await ask(address, "GET", "/api/conversations?limit=50", { token });
  const found = conversations.find(
    ({ participants }) => participants.length === 2 && participants.some(({ user }) => user.id === userId),
  );
  return `${address}/c/${found.id}`;
}
