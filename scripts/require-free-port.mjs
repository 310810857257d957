import { createServer } from "node:net";

/**
 * Throws when another program listens where the server will: better now than after minutes of installing and building. What else may be
 * wrong with PORT or HOST the server says itself.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} command what to type with another port
 */
export async function requireFreePort(env, command) {
  const port = Number(env.PORT || 3000);
  const demo = !env.PARLEY_JWT_SECRET && !env.PARLEY_JWKS_URL;
  const host = env.HOST || (demo ? "127.0.0.1" : "0.0.0.0");
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || !(await isTaken(port, host))) return;
  throw new Error(
    `Port ${port} is taken by another program. Stop that one, or name another port: PORT=${port + 1} ${command}`,
  );
}

function isTaken(port, host) {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", ({ code }) => resolve(code === "EADDRINUSE"));
    server.listen({ port, host }, () => server.close(() => resolve(false)));
  });
}
