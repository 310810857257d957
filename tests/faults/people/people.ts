import { SignJWT } from "jose";
import { CANARY } from "../history/canary.ts";
import { hostCall } from "./host-call.ts";

export const JWT_SECRET = "a secret for the tokens of this test";

export interface Meeting {
  readonly id: string;
  readonly userIds: readonly string[];
}

export const tokenOf = (userId: string, seconds = 7_200): Promise<string> =>
  new SignJWT({ name: userId })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(userId)
    .setExpirationTime(Date.now() / 1_000 + seconds)
    .sign(Buffer.from(JWT_SECRET));

/** Opens, as the host, one conversation for all writers and listeners, one for each four writers, and one for each pair. */
export async function openMeetings(
  url: string,
  writers: readonly string[],
  listeners: readonly string[],
): Promise<Meeting[]> {
  const fours = inGroupsOf(4, writers);
  const circles = [
    [...writers, ...listeners],
    ...fours.map((four, index) => (index === 0 ? [...four, ...listeners] : four)),
    ...inGroupsOf(2, writers),
  ];
  const meetings: Meeting[] = [];
  for (const userIds of circles) {
    const body = { type: "group", title: CANARY, participants: userIds.map((userId) => ({ userId })) };
    const { conversation } = await hostCall<{ conversation: { id: string } }>(url, "POST", "/api/conversations", body);
    meetings.push({ id: conversation.id, userIds });
  }
  return meetings;
}

const inGroupsOf = (size: number, userIds: readonly string[]): string[][] =>
  Array.from({ length: Math.floor(userIds.length / size) }, (_, index) =>
    userIds.slice(index * size, (index + 1) * size),
  );
