import { SignJWT } from "jose";
import type { ServerProcess } from "./server-process.ts";

export const JWT_SECRET = "a secret for the tokens of this test";
export const SECRET_KEY = "the-server-key-of-this-test";

export interface Meeting {
  readonly id: string;
  readonly userIds: readonly string[];
}

/** A token that outlives the test. */
export const tokenOf = (userId: string): Promise<string> =>
  new SignJWT({ name: userId })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(userId)
    .setExpirationTime("2h")
    .sign(Buffer.from(JWT_SECRET));

/** Opens, as the host, one conversation for all, one for each five, and one for each two neighbours. */
export async function openConversations(
  server: Pick<ServerProcess, "url">,
  userIds: readonly string[],
): Promise<Meeting[]> {
  const circles = [userIds, ...inGroupsOf(5, userIds), ...inGroupsOf(2, userIds)];
  const meetings: Meeting[] = [];
  for (const circle of circles) meetings.push({ id: await open(server.url, circle), userIds: circle });
  return meetings;
}

const inGroupsOf = (size: number, userIds: readonly string[]): string[][] =>
  Array.from({ length: Math.floor(userIds.length / size) }, (_, index) =>
    userIds.slice(index * size, (index + 1) * size),
  );

async function open(url: string, userIds: readonly string[]): Promise<string> {
  const response = await fetch(`${url}/api/conversations`, {
    method: "POST",
    headers: { authorization: `Bearer ${SECRET_KEY}`, "content-type": "application/json" },
    body: JSON.stringify({ type: "group", participants: userIds.map((userId) => ({ userId })) }),
  });
  if (!response.ok) throw new Error(`A conversation could not be opened: ${await response.text()}`);
  const { conversation } = (await response.json()) as { conversation: { id: string } };
  return conversation.id;
}
