// @vitest-environment happy-dom
import { type ChatClient, createChatClient } from "@parley/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { joinSession } from "./session.ts";

vi.mock("@parley/client", () => ({
  createChatClient: vi.fn<() => Partial<ChatClient>>(() => ({
    connect: () => undefined,
    close: async () => undefined,
  })),
}));

const TOKEN = `h.${btoa(JSON.stringify({ sub: "ana" }))}.s`;
let online = true;
/** What the host's address does when it is asked. */
let host: () => Promise<string>;
const getToken = vi.fn<() => Promise<string>>(() => host());
const leave: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(navigator, "onLine", "get").mockImplementation(() => online);
  online = true;
  host = async () => TOKEN;
});
afterEach(async () => {
  for (const one of leave.splice(0)) one();
  await vi.advanceTimersByTimeAsync(0);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Two elements of one person, and how their client asks for a token. */
async function twoElements() {
  const failed = [1, 2].map(() => vi.fn<(error: unknown) => void>());
  vi.mocked(createChatClient).mockClear();
  for (const one of failed) leave.push(joinSession("https://chat", { getToken, show: () => undefined, failed: one }));
  await vi.advanceTimersByTimeAsync(0);
  expect(createChatClient).toHaveBeenCalledOnce();
  const renew = vi.mocked(createChatClient).mock.calls[0]?.[0].token ?? (() => Promise.reject(new Error("No token.")));
  await renew();
  getToken.mockClear();
  return { renew, told: () => failed.map(({ mock }) => mock.calls.length) };
}

const broken = () => Promise.reject(new Error("/chat-token answered 500."));

it("tells each element once that the host fails at a renewal, and asks it no more often than the back-off says", async () => {
  const { renew, told } = await twoElements();
  host = broken;
  for (let second = 0; second <= 16; second += 1) {
    await expect(renew()).rejects.toThrow("500");
    await vi.advanceTimersByTimeAsync(1_000);
  }
  // After 1, 2, 4 and 8 s.
  expect(getToken).toHaveBeenCalledTimes(5);
  expect(told()).toEqual([1, 1]);
  host = async () => TOKEN;
  await vi.advanceTimersByTimeAsync(16_000);
  expect(await renew()).toBe(TOKEN);
  host = broken;
  await expect(renew()).rejects.toThrow("500");
  expect(told()).toEqual([2, 2]);
});

it("asks at once when the network is back", async () => {
  const { renew, told } = await twoElements();
  online = false;
  host = broken;
  await expect(renew()).rejects.toThrow("500");
  online = true;
  host = async () => TOKEN;
  expect(await renew()).toBe(TOKEN);
  expect(told()).toEqual([0, 0]);
});
