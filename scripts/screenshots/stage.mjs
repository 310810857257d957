import { createSecretKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { SignJWT } from "jose";
import { chromium } from "playwright-core";
import { io } from "socket.io-client";

const ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"];
const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** What of the app is in each language: pictures are taken in both. */
const locales = { de: "de-CH", en: "en-GB" };

/**
 * A browser before a running demo server.
 * @param {{ address: string, dataDir: string, executablePath: string, web?: string }} where `web` names a folder with another
 *   build of the web app, shown in place of the server's own
 */
export async function openStage({ address, dataDir, executablePath, web }) {
  const { jwtSecret, secretKey } = JSON.parse(readFileSync(join(dataDir, "demo-secrets.json"), "utf8"));
  const key = createSecretKey(jwtSecret, "utf8");
  const browser = await chromium.launch({ executablePath, args: ARGS });
  const token = (userId) =>
    new SignJWT({}).setProtectedHeader({ alg: "HS256" }).setSubject(userId).setExpirationTime("2h").sign(key);
  const sockets = [];

  const ask = async (bearer, method, path, body) => {
    const headers = { authorization: `Bearer ${bearer}`, ...(body && { "content-type": "application/json" }) };
    const response = await fetch(address + path, { method, headers, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}.`);
    return response.json();
  };

  return {
    browser,
    address,
    /** Calls the API as the host. */
    host: (method, path, body) => ask(secretKey, method, path, body),
    /** Calls the API as that person. */
    as: async (userId, method, path, body) => ask(await token(userId), method, path, body),
    /** A live connection of that person, as another device of theirs. */
    connect: async (userId) => {
      const socket = io(address, { transports: ["websocket"], forceNew: true, auth: { token: await token(userId) } });
      sockets.push(socket);
      await new Promise((resolve) => socket.once("connect", resolve));
      return socket;
    },
    /** Ends the connections that `connect` made. */
    disconnect: () => sockets.splice(0).forEach((socket) => socket.disconnect()),
    /** A device on which that person is signed in; null: nobody. Width and height in CSS px. */
    device: async (userId, look) => {
      const context = await browser.newContext({ baseURL: address, ...settingsFor(look) });
      context.setDefaultTimeout(10_000);
      if (web !== undefined) await serveFrom(context, web);
      if (userId !== null) await signIn(context, userId, await token(userId));
      return context;
    },
    close: () => browser.close(),
  };
}

function settingsFor({ width, height, language, colorScheme = "light", scale = 1 }) {
  const phone = width < 600;
  return {
    locale: locales[language],
    timezoneId: "Europe/Zurich",
    reducedMotion: "reduce",
    colorScheme,
    viewport: { width, height },
    deviceScaleFactor: scale,
    isMobile: phone,
    hasTouch: phone,
  };
}

/** As the demo's sign-in page leaves it. */
async function signIn(context, userId, token) {
  const expiresAt = new Date(Date.now() + 7_000_000).toISOString();
  await context.addInitScript(
    (session) => sessionStorage.setItem("parley:demo", session),
    JSON.stringify({ userId, token, expiresAt }),
  );
}

async function serveFrom(context, folder) {
  const isPage = ({ pathname }) => !/^\/(api|socket\.io|readyz|healthz)\b/.test(pathname);
  await context.route(isPage, (route, request) => {
    const { pathname } = new URL(request.url());
    const path = extname(pathname) === "" ? "index.html" : pathname;
    return route.fulfill({ path: join(folder, path), contentType: TYPES[extname(path)] });
  });
}
