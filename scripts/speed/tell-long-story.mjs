import { ask } from "./signed-in-browser.mjs";

const COUNT = 10_000;
const AT_ONCE = 50;
const LINES = [
  "Yes.",
  "A line that is a little longer than the one before it.",
  "Many words, ".repeat(20),
  "Two\nlines.",
];

/**
 * Opens a group of Ana's own with 10,000 messages, told by the server's demo people through the API.
 * @returns {Promise<string>} the address of the conversation
 */
export async function tellLongStory(address, secretKey) {
  const host = { token: secretKey };
  const opened = { type: "project", title: "A long story", participants: [{ userId: "ana" }, { userId: "ben" }] };
  const { conversation } = await ask(address, "POST", "/api/conversations", { ...host, body: opened });
  const path = `/api/conversations/${conversation.id}/messages`;
  for (let first = 1; first <= COUNT; first += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, index) => first + index);
    const say = (number) => {
      const content = `Number ${number}: ${LINES[number % LINES.length]}`;
      const body = { clientMessageId: `long-${number}`, senderId: number % 3 === 0 ? "ana" : "ben", content };
      return ask(address, "POST", path, { ...host, body });
    };
    await Promise.all(numbers.map(say));
  }
  return `${address}/c/${conversation.id}`;
}
