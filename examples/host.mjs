// A small marketplace with one order, as a host of Parley: it signs its people in, signs tokens for them, and opens the
// conversation about the order. No dependency; what a real host needs stands in four functions at the end.
//   node examples/host.mjs html            (or react, vue: build them first, npm run build -w @parley/example-vue)
// with PARLEY_URL (http://localhost:3000), PARLEY_JWT_SECRET and PARLEY_SECRET_KEY as the server has them; the server needs
// this host's address, http://localhost:4000, in ALLOWED_ORIGINS. Then open /?as=ana and, in another browser, /?as=ben.
import { createHmac } from "node:crypto";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const EXAMPLES = fileURLToPath(new URL(".", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const PEOPLE = {
  ana: { name: "Ana Weber", role: "buyer" },
  ben: { name: "Ben Hofmann", role: "seller" },
};

/**
 * Starts the marketplace. `folder` holds its built page.
 * @param {{ folder: string, parleyUrl: string, jwtSecret: string, secretKey: string, port?: number }} options
 */
export async function startHost({ folder, parleyUrl, jwtSecret, secretKey, port = 0 }) {
  const conversationId = await openOrder(parleyUrl, secretKey);
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://host");
    const person = searchParams.get("as") ?? /market_user=(\w+)/.exec(request.headers.cookie ?? "")?.[1];
    if (pathname === "/") sendPage(response, isKnown(person) ? person : "ana");
    else if (pathname === "/chat-token") sendToken(response, person);
    else if (pathname === "/sign-out") response.setHeader("set-cookie", "market_user=; Max-Age=0").end();
    else if (pathname === "/favicon.ico") response.writeHead(204).end();
    else sendFile(response, folder, pathname);
  });

  function sendPage(response, person) {
    const values = { parley: parleyUrl, conversation: conversationId, name: PEOPLE[person].name };
    const page = readFileSync(join(folder, "index.html"), "utf8").replace(
      /\{\{(\w+)\}\}/g,
      (_, key) => values[key] ?? "",
    );
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("set-cookie", `market_user=${person}; HttpOnly; SameSite=Lax`);
    response.setHeader("content-security-policy", policyFor(parleyUrl));
    response.end(page);
  }

  function sendToken(response, person) {
    if (!isKnown(person)) return response.writeHead(401).end();
    response.setHeader("content-type", "application/json");
    response.setHeader("cache-control", "no-store");
    return response.end(JSON.stringify({ token: signToken(person, jwtSecret) }));
  }

  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${server.address().port}`,
    conversationId,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

function sendFile(response, folder, pathname) {
  const type = TYPES[extname(pathname)];
  // The style sheet is the same for all examples and lies beside them.
  const path = pathname === "/market.css" ? join(EXAMPLES, "public", "market.css") : join(folder, normalize(pathname));
  if (type === undefined || !existsSync(path)) return response.writeHead(404).end();
  response.setHeader("content-type", `${type}; charset=utf-8`);
  return createReadStream(path).pipe(response);
}

/** What the page may load: its own files, and Parley's script. Nothing in place, no other host. */
function policyFor(parleyUrl) {
  const socket = parleyUrl.replace(/^http/, "ws");
  return [
    "default-src 'none'",
    `script-src 'self' ${parleyUrl}`,
    "style-src 'self'",
    `connect-src 'self' ${parleyUrl} ${socket}`,
    `img-src 'self' ${parleyUrl}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const isKnown = (person) => person !== undefined && Object.hasOwn(PEOPLE, person);

/** A token for one of our people, for an hour: HS256, as RFC 7515 says. */
function signToken(person, secret) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1_000);
  const claims = { sub: person, ...PEOPLE[person], iat: now, exp: now + 3_600 };
  const unsigned = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${unsigned}.${createHmac("sha256", secret).update(unsigned).digest("base64url")}`;
}

/** The conversation about the order; opening it again gives the same one. */
async function openOrder(parleyUrl, secretKey) {
  for (const [id, { name, role }] of Object.entries(PEOPLE)) {
    await ask(parleyUrl, secretKey, "PUT", `/api/users/${id}`, { name, role });
  }
  const { conversation } = await ask(parleyUrl, secretKey, "POST", "/api/conversations", {
    type: "order",
    subject: { type: "order", id: "A-1042", title: "Logo for a bakery", state: "In progress" },
    participants: Object.keys(PEOPLE).map((userId) => ({ userId })),
  });
  return conversation.id;
}

async function ask(parleyUrl, secretKey, method, path, body) {
  const response = await fetch(parleyUrl + path, {
    method,
    headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Where an example's page is: built by Vite, or plain. */
export function pageOf(example) {
  const built = join(EXAMPLES, example, "dist");
  return existsSync(built) ? built : join(EXAMPLES, example);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { PARLEY_URL, PARLEY_JWT_SECRET = "", PARLEY_SECRET_KEY = "", PORT } = process.env;
  const host = await startHost({
    folder: pageOf(process.argv[2] ?? "html"),
    parleyUrl: PARLEY_URL ?? "http://localhost:3000",
    jwtSecret: PARLEY_JWT_SECRET,
    secretKey: PARLEY_SECRET_KEY,
    port: Number(PORT ?? 4000),
  });
  console.log(`The marketplace: ${host.url}/?as=ana and, in another browser, ${host.url}/?as=ben`);
}
