import type { FastifyReply } from "fastify";

/** Says to caches that the answer differs by that header too. */
export function addVary(reply: FastifyReply, name: string): void {
  const said = [reply.getHeader("vary") ?? []].flat().join(", ");
  if (said.toLowerCase().split(/, */).includes(name)) return;
  reply.header("vary", said === "" ? name : `${said}, ${name}`);
}
