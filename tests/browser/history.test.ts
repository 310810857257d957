import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openStage, type Stage, withoutBrowser } from "../support/browser.ts";
import { type Chat, chatOn } from "../support/browser-chat.ts";
import { readSettled } from "../support/read-settled.ts";
import { isInView, numberInTheMiddle, scrollThrough, watchPlace } from "../support/browser-scroll.ts";

const COUNT = 270;
const PER_DAY = 54;
const MOST_ROWS = 200;
const PAGE = 50;
const LINES = [
  "Yes.",
  "A line that is a little longer than the one before it.",
  "Many words, ".repeat(30),
  "Two\nlines.",
];

describe.skipIf(withoutBrowser)("a long history", () => {
  let stage: Stage;
  let ana: Chat;
  let id: string;
  beforeAll(async () => {
    stage = await openStage();
    id = await tellLongStory();
    ana = chatOn(await stage.signIn("Ana Weber"));
  });
  beforeEach(async () => {
    await ana.page.goto(`/c/${id}`);
    await ana.message(`Number ${COUNT}:`).waitFor();
  });
  afterAll(() => stage?.stop());

  const benSays = (content: string) =>
    stage.server.asUser("ben")("sendMessage", {
      params: { id },
      body: { clientMessageId: crypto.randomUUID(), content },
    });

  /** Messages of all lengths over five days: 54 on each. */
  async function tellLongStory(): Promise<string> {
    const { conversation } = await stage.server.asHost("openConversation", {
      body: { type: "direct", participants: [{ userId: "ana" }, { userId: "ben" }] },
    });
    for (let number = 1; number <= COUNT; number += 1) {
      await stage.server.asHost("sendMessage", {
        params: { id: conversation.id },
        body: {
          clientMessageId: `story-${number}`,
          senderId: number % 3 === 0 ? "ana" : "ben",
          content: `Number ${number}: ${LINES[number % LINES.length]}`,
        },
      });
    }
    await stage.server.sql(
      `UPDATE messages SET created_at = (
         date_trunc('day', now() AT TIME ZONE 'Europe/Zurich') + interval '8 hours'
         - interval '1 day' * (5 - (seq - 1) / ${PER_DAY}) + interval '1 minute' * seq
       ) AT TIME ZONE 'Europe/Zurich'
       WHERE conversation_id = $1`,
      [conversation.id],
    );
    await stage.server.asUser("ana")("markRead", { params: { id: conversation.id }, body: { seq: COUNT } });
    return conversation.id;
  }

  /** The names of the two uppermost days, and the number of the first message of each. */
  const firstDays = () =>
    ana.history
      .getByRole("list")
      .evaluateAll((lists) =>
        lists
          .slice(0, 2)
          .map((list) => [
            document.getElementById(list.getAttribute("aria-labelledby") ?? "")?.textContent ?? "",
            /Number (\d+)/.exec(list.textContent)?.[1] ?? "",
          ]),
      );

  it("opens at the newest message", async () => {
    expect(await isInView(ana.history, ana.message(`Number ${COUNT}:`))).toBe(true);
    expect(await ana.history.evaluate((scroller) => scroller.scrollTop)).toBe(0);
  });

  it("is scrolled through without a jump, up to its beginning and down again, with a bounded number of rows", async () => {
    const up = await scrollThrough(ana.history, -120);
    expect(up).toMatchObject({ arrived: true });
    expect(up.steps).toBeGreaterThan(60);
    expect(up.worstError).toBeLessThanOrEqual(1);
    expect(await isInView(ana.history, ana.message("Number 1:"))).toBe(true);
    await ana.history.getByText("This is where the conversation begins.").waitFor();
    expect(await ana.history.getByRole("listitem").count()).toBeLessThanOrEqual(MOST_ROWS);
    expect(await firstDays()).toEqual([
      [dayName(5), "1"],
      [dayName(4), String(PER_DAY + 1)],
    ]);
    const down = await scrollThrough(ana.history, 120);
    expect(down).toMatchObject({ arrived: true });
    expect(down.worstError).toBeLessThanOrEqual(1);
    expect(await isInView(ana.history, ana.message(`Number ${COUNT}:`))).toBe(true);
    await ana.history.getByText("Yesterday", { exact: true }).waitFor();
    // While it is being scrolled, what is below may only be put away at the next pause.
    expect(Math.max(up.mostRows, down.mostRows)).toBeLessThanOrEqual(MOST_ROWS + PAGE);
  });

  it("moves nothing when messages arrive while history is read, and jumps to them when asked", async () => {
    await ana.history.evaluate((scroller) => scroller.scrollBy(0, -1_500));
    const jump = ana.page.getByRole("button", { name: /^Jump to the latest message/ });
    await jump.waitFor();
    const middle = await readSettled(() => numberInTheMiddle(ana.history));
    const watched = watchPlace(ana.message(middle), 2_500);
    for (const number of [1, 2, 3]) await benSays(`Live ${number}.`);
    await ana.page.getByRole("button", { name: "Jump to the latest message, 3 new messages" }).waitFor();
    expect(await watched).toBeLessThanOrEqual(1);
    expect(await ana.message("Live 3.").count()).toBe(0);
    await jump.click();
    await ana.message("Live 3.").waitFor();
    expect(await isInView(ana.history, ana.message("Live 3."))).toBe(true);
    await jump.waitFor({ state: "detached" });
    await benSays("Live 4.");
    await ana.message("Live 4.").waitFor();
    expect(await isInView(ana.history, ana.message("Live 4."))).toBe(true);
  });
});

/** As the page names a day of this year that is neither today nor yesterday. */
function dayName(daysAgo: number): string {
  const at = new Date(Date.now() - daysAgo * 86_400_000);
  const year = (date: Date) => date.getFullYear();
  const style = year(at) === year(new Date()) ? ({ weekday: "long" } as const) : ({ year: "numeric" } as const);
  const format = new Intl.DateTimeFormat("en-GB", {
    ...style,
    day: "numeric",
    month: "long",
    timeZone: "Europe/Zurich",
  });
  return format.format(at);
}
