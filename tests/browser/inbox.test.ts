import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, signInAs, withoutBrowser } from "../support/browser.ts";
import { chatOn } from "../support/browser-chat.ts";
import { type InboxOn, inboxOn } from "../support/browser-inbox.ts";
import { watchContext } from "../support/browser-watch.ts";

describe.skipIf(withoutBrowser)("the inbox", () => {
  let stage: Stage;
  const complaints: string[][] = [];
  beforeAll(async () => {
    stage = await openStage();
  });
  afterEach(async () => {
    await stage.clear();
    const heard = complaints.splice(0).flat();
    if (heard.length > 0) throw new Error(heard.join("\n"));
  });
  afterAll(() => stage?.stop());

  /** Two tabs of one browser, both Clara: she has conversations of every kind. */
  async function twoTabs(): Promise<[InboxOn, InboxOn]> {
    const context = await stage.context();
    complaints.push(await watchContext(context, stage.server.url));
    const here = inboxOn(await signInAs(await context.newPage(), "Clara Gruber"));
    const there = inboxOn(await signInAs(await context.newPage(), "Clara Gruber"));
    await there.line("David Keller").waitFor();
    await here.page.bringToFront();
    return [here, there];
  }

  it("pins, mutes, marks and archives, and the person's other tab sees it", async () => {
    const [here, there] = await twoTabs();
    const names = await here.names();
    const last = names.at(-1) ?? "";
    await here.choose(last, "Pin to the top");
    await expect.poll(async () => (await there.names())[0]).toBe(last);
    await there.line(last).getByText("Pinned").waitFor({ state: "attached" });
    await here.choose(last, "Unpin");
    await expect.poll(() => there.names()).toEqual(names);

    await here.choose("David Keller", "Mute…", "For 1 hour");
    await there.line("David Keller").getByText("Muted").waitFor({ state: "attached" });
    await here.choose("David Keller", "Unmute");
    await there.line("David Keller").getByText("Muted").waitFor({ state: "detached" });

    const corner = "Sellers' corner";
    const unread = await there.page.title();
    await here.choose(corner, "Mark as read");
    await expect.poll(() => there.page.title()).not.toBe(unread);
    const read = await there.page.title();
    await here.choose(corner, "Mark as unread");
    await there.line(corner).getByText("Marked as unread").waitFor({ state: "attached" });
    await expect.poll(() => there.page.title()).not.toBe(read);
    await here.line(corner).click();
    await there.line(corner).getByText("Marked as unread").waitFor({ state: "detached" });

    await here.choose("David Keller", "Archive");
    await there.line("David Keller").waitFor({ state: "detached" });
    await here.list.getByRole("button", { name: "Undo" }).click();
    await there.line("David Keller").waitFor();
    await here.choose("David Keller", "Archive");
    await here.filter("Archived");
    await here.line("David Keller").getByText("Archived").waitFor({ state: "attached" });
    // The next message brings it back by itself.
    const david = chatOn(await stage.signIn("David Keller"));
    await david.open("Clara Gruber");
    await david.send("One more thing");
    await there.line("One more thing").waitFor();
    await here.list.getByText("Nothing archived").waitFor();
  });

  it("filters by what is unread, archived and about, searches, and keeps it in the address", async () => {
    const [here] = await twoTabs();
    const names = await here.names();
    await here.filter("Orders");
    await expect.poll(async () => (await here.names()).length).toBeLessThan(names.length);
    await expect.poll(() => new URL(here.page.url()).searchParams.get("show")).toBe("subject:order");
    await here.page.reload();
    await here.list.getByRole("radio", { name: "Orders", checked: true }).waitFor({ state: "attached" });
    await here.filter("All");
    await expect.poll(() => here.names()).toEqual(names);

    await here.search.fill("cafe keller");
    await here.line("Café Keller").waitFor();
    await expect.poll(() => new URL(here.page.url()).searchParams.get("q")).toBe("cafe keller");
    await here.line("Café Keller").click();
    await here.page.getByRole("heading", { name: "Café Keller: new website" }).waitFor();
    expect(await here.search.inputValue()).toBe("cafe keller");
    await here.search.fill("no such word anywhere");
    await here.list.getByText("No message found").waitFor();
    await here.search.press("Escape");
    await expect.poll(() => here.names()).toEqual(names);
  });

  it("sorts the oldest or the unread first, and keeps it in the address", async () => {
    const [here] = await twoTabs();
    const newest = await here.names();
    const sort = here.list.getByRole("combobox", { name: "Sort" });
    await sort.selectOption("Oldest first");
    await expect.poll(() => here.names()).toEqual(newest.toReversed());
    await here.choose(newest.at(-2) ?? "", "Mark as unread");
    await sort.selectOption("Unread first");
    await expect.poll(() => here.names()).not.toEqual(newest);
    const [first = ""] = await here.names();
    await expect.poll(() => new URL(here.page.url()).searchParams.get("sort")).toBe("unread");
    await here.page.reload();
    await expect.poll(async () => (await here.names())[0]).toBe(first);
    expect(await here.list.getByRole("combobox", { name: "Sort" }).inputValue()).toBe("unread");
    await here.line(first).first().click();
    await expect.poll(async () => (await here.names())[0]).toBe(first);
    await here.list.getByRole("combobox", { name: "Sort" }).selectOption("Newest first");
    await expect.poll(() => here.names()).toEqual(newest);
  });

  it("does it all by keyboard", async () => {
    const [{ page, list, search, line, names }] = await twoTabs();
    const [first = "", second = ""] = await names();
    await page.keyboard.press("/");
    await expect.poll(() => hasFocus(search)).toBe(true);
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => hasFocus(line(first).first())).toBe(true);
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => hasFocus(line(second).first())).toBe(true);
    await page.keyboard.press("End");
    await page.keyboard.press("Home");
    await expect.poll(() => hasFocus(line(first).first())).toBe(true);

    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: "Open" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => hasFocus(line(first).first())).toBe(true);
    await page.keyboard.press("Tab");
    await expect.poll(() => hasFocus(list.getByRole("button", { name: `Actions for ${first}` }))).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Open" }).waitFor();
    await page.keyboard.press("ArrowUp");
    for (let steps = 0; steps < 6; steps += 1) {
      if (await page.getByRole("menuitem", { name: "Archive" }).evaluate((item) => item === document.activeElement))
        break;
      await page.keyboard.press("ArrowUp");
    }
    await page.keyboard.press("Enter");
    await line(first).waitFor({ state: "detached" });
    // The line in its place has the focus now.
    await expect.poll(() => hasFocus(line(second).first())).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "Write a message" }).waitFor();
    await page.keyboard.type("? and / are only signs here");
    expect(await page.getByRole("textbox", { name: "Write a message" }).inputValue()).toContain("? and /");
    await page.keyboard.press("Control+/");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await expect.poll(() => hasFocus(search)).toBe(true);
  });
});

const hasFocus = (place: Locator) => place.evaluate((node) => node === document.activeElement);
