import { describe, expect, it } from "vitest";
import { limits } from "./limits.ts";
import { sendMessageInput } from "./message.ts";

const send = (change: Record<string, unknown>) =>
  sendMessageInput.safeParse({ clientMessageId: "c-1", content: "Hello", ...change }).success;

describe("one send", () => {
  it("needs an id of the client's and a text", () => {
    expect(send({})).toBe(true);
    expect(send({ clientMessageId: undefined })).toBe(false);
    expect(send({ clientMessageId: "" })).toBe(false);
    expect(send({ clientMessageId: "x".repeat(limits.idLength + 1) })).toBe(false);
    expect(send({ content: undefined })).toBe(false);
  });

  it("refuses a text of white space alone, but keeps the space around words", () => {
    expect(send({ content: " \n\t " })).toBe(false);
    expect(sendMessageInput.parse({ clientMessageId: "c-1", content: " hi\n" }).content).toBe(" hi\n");
  });

  it("refuses what PostgreSQL cannot store", () => {
    expect(send({ content: "a\u0000b" })).toBe(false);
    expect(send({ content: "a\ud800b" })).toBe(false);
    expect(send({ content: "a\u{1F337}b" })).toBe(true);
  });

  it("refuses kinds that are not there yet, and fields that nobody knows", () => {
    expect(send({ kind: "system" })).toBe(true);
    expect(send({ kind: "file" })).toBe(false);
    expect(send({ colour: "red" })).toBe(false);
  });
});
