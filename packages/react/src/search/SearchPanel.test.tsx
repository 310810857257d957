// @vitest-environment happy-dom
import { problemOf } from "@parley/testkit";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { click, during, get, press, type Rendered, render, startChat } from "../../test/render-chat.tsx";
import { SearchPanel } from "../index.ts";

let chat: ReturnType<typeof startChat>;
let shown: Rendered;
const onSelect = vi.fn<(message: { content: string | null }) => void>();
const onClose = vi.fn<() => void>();

beforeEach(() => {
  chat = startChat();
  onSelect.mockReset();
  onClose.mockReset();
});
afterEach(() => shown.close());

const open = async (conversationId?: string) => {
  const where = conversationId === undefined ? {} : { conversationId };
  shown = await render(chat, <SearchPanel {...where} onSelect={onSelect} onClose={onClose} />);
};
const field = () => shown.page.querySelector<HTMLInputElement>('input[type="search"]')!;
const hits = () => [...shown.page.querySelectorAll<HTMLElement>(".parley-hit")];
const hit = (index: number) => hits().at(index) as HTMLElement;
const searches = () => chat.server.calls.filter(({ name }) => name === "search").length;
const say = (text: string, id = chat.conversationId) => chat.server.chat.send("ben", id, text, text);

/** Writes, and waits until the typing counts as paused. */
async function look(text: string, input = field()) {
  await during(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await during(() => new Promise((resolve) => setTimeout(resolve, 400)));
}

it("shows who wrote what and where, with the words marked", async () => {
  const { id } = chat.server.chat.open("ana", { type: "group", title: "Lamps", participants: [{ userId: "ben" }] });
  say("The lamp is new.");
  say("Two lamps, and a chair.", id);
  await open();
  expect(shown.page.textContent).toContain("What are you looking for?");
  await look("lam");
  expect(hits()).toHaveLength(2);
  const [, second] = hits().sort((one, other) => one.textContent.length - other.textContent.length);
  expect(second?.textContent).toContain("Ben Hofmann");
  expect(second?.textContent).toContain("Lamps");
  expect(second?.querySelector("mark")?.textContent).toBe("lamps");
  expect(shown.page.querySelector('[role="status"]')?.textContent).toBe("2 messages found");
});

it("goes from the field into the hits, along them, back, and chooses", async () => {
  for (const text of ["lamp one", "lamp two", "lamp three"]) say(text);
  await open(chat.conversationId);
  expect(document.activeElement).toBe(field());
  await look("lamp");
  await press(field(), "ArrowDown");
  expect(document.activeElement).toBe(hits()[0]);
  await press(hit(0), "End");
  expect(document.activeElement).toBe(hits()[2]);
  await press(hit(2), "Home");
  await press(hit(0), "ArrowUp");
  expect(document.activeElement).toBe(field());
  await press(field(), "Enter");
  await click(document.activeElement as HTMLElement);
  expect(onSelect.mock.calls[0]?.[0].content).toBe("lamp three");
});

it("leaves by Escape: from the hits to the field, then empty, then closed", async () => {
  say("lamp");
  await open();
  await look("lamp");
  hit(0).focus();
  await press(hit(0), "Escape");
  expect(document.activeElement).toBe(field());
  await press(field(), "Escape");
  expect(field().value).toBe("");
  expect(onClose).not.toHaveBeenCalled();
  await press(field(), "Escape");
  expect(onClose).toHaveBeenCalledOnce();
});

it("searches here, or everywhere, by one person and between two days", async () => {
  const { id } = chat.server.chat.open("ana", { type: "group", title: "Other", participants: [{ userId: "ben" }] });
  say("lamp here");
  say("lamp there", id);
  chat.server.chat.send("ana", chat.conversationId, "own", "lamp of mine");
  await open(chat.conversationId);
  await look("lamp");
  expect(hits()).toHaveLength(2);
  await click(get(shown.page, "label", "All conversations").querySelector("input")!);
  await look("lamp");
  expect(hits()).toHaveLength(3);
  const person = shown.page.querySelector("select")!;
  await during(() => {
    Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value")?.set?.call(person, "ana");
    person.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await look("lamp");
  expect(hits().map((hit) => hit.textContent)).toEqual([expect.stringContaining("lamp of mine")]);
  const [since] = shown.page.querySelectorAll<HTMLInputElement>('input[type="date"]');
  await look("2100-01-01", since);
  expect(hits()).toHaveLength(0);
  expect(shown.page.textContent).toContain("No message found");
});

it("asks once for a word that was written in steps, and not again for words of before", async () => {
  say("lamp");
  await open();
  for (const begin of ["l", "la", "lam"]) {
    await during(() => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field(), begin);
      field().dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  await look("lamp");
  expect(searches()).toBe(1);
  await look("lamps");
  await look("lamp");
  expect(searches()).toBe(2);
  expect(hits()).toHaveLength(1);
});

it("brings the next page, and the focus to its first hit", async () => {
  for (let n = 0; n < 25; n += 1) say(`lamp ${n}`);
  await open();
  await look("lamp");
  expect(hits()).toHaveLength(20);
  expect(shown.page.querySelector('[role="status"]')?.textContent).toBe("More than 20 messages found");
  await click(get(shown.page, "button", "Show more"));
  await during(() => new Promise((resolve) => setTimeout(resolve, 20)));
  expect(hits()).toHaveLength(25);
  expect(document.activeElement).toBe(hits()[20]);
  expect(shown.page.textContent).not.toContain("Show more");
});

it("waits by itself when there were too many searches, and says so", async () => {
  say("lamp");
  await open();
  const limited = problemOf("rate_limited", { retryAfterMs: 300 });
  chat.server.faults.call = ({ name }) => (name === "search" ? limited : "pass");
  await look("lamp");
  expect(shown.page.textContent).toContain("It goes on in 1 s.");
  chat.server.faults.call = () => "pass";
  await during(() => new Promise((resolve) => setTimeout(resolve, 400)));
  expect(hits()).toHaveLength(1);
});

it("says that the server is out of reach, and tries again when told", async () => {
  say("lamp");
  await open();
  chat.server.faults.refuseHttp = true;
  await look("lamp");
  expect(shown.page.querySelector('[role="alert"]')?.textContent).toContain("The server cannot be reached.");
  chat.server.faults.refuseHttp = false;
  await click(get(shown.page, "button", "Try again"));
  await during(() => new Promise((resolve) => setTimeout(resolve, 20)));
  expect(hits()).toHaveLength(1);
});
