import { mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** Each window, in CSS px: list and conversation stand side by side from 736. */
const viewport = { width: 764, height: 700 };

const composer = (page) => page.getByRole("textbox", { name: "Write a message" });
const lastMessage = (page) => page.getByRole("region", { name: "Message history" }).getByRole("listitem").last();
const lastTicks = (page, status) => lastMessage(page).getByText(status, { exact: true }).waitFor({ state: "attached" });

/** Lets two people of the demo talk in two windows, and takes the documents' picture of it. */
export async function takeTwoWindows(stage, picture) {
  const ana = await openWindow(stage, "Ana Weber", "Ben Hofmann", "light");
  const ben = await openWindow(stage, "Ben Hofmann", "Ana Weber", "dark");
  await talk(ana, ben);
  await compose(stage.browser, await photograph(ana, ben), picture);
}

async function openWindow(stage, person, partner, colorScheme) {
  const context = await stage.device(null, { ...viewport, language: "en", colorScheme });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: person }).click();
  await page.getByRole("navigation").getByRole("link").filter({ hasText: partner }).click();
  await page.getByRole("region", { name: "Message history" }).getByRole("listitem").last().waitFor();
  return page;
}

/** Each says something, and each has read it. */
async function talk(ana, ben) {
  await say(ana, "Friday is fine. I take the photos tomorrow, when the tulips arrive. 🌷");
  await say(ben, "Lovely, tomorrow is meant to be sunny.");
  await say(ana, "Then ten photos, the logo, and three sentences about me. Promised!");
  await lastTicks(ana, "Read");
}

async function say(page, text) {
  await composer(page).fill(text);
  await composer(page).press("Enter");
  await lastMessage(page)
    .filter({ hasText: text })
    .getByText(/^(Delivered|Read)$/)
    .waitFor({ state: "attached" });
}

/** Both windows while Ben is writing. */
async function photograph(ana, ben) {
  await composer(ben).pressSequentially("Wonderful. I build the page for the ", { delay: 30 });
  await ana.getByText("Ben is typing").waitFor();
  // Nothing is pointed at.
  await Promise.all([ana, ben].map((page) => page.mouse.move(viewport.width - 40, 10)));
  return Promise.all([ana, ben].map(async (page) => (await page.screenshot()).toString("base64")));
}

/** Puts the two pictures side by side on one. */
async function compose(browser, pictures, path) {
  const page = await browser.newPage({ viewport: { width: 1600, height: 768 } });
  const images = pictures.map((data) => `<img src="data:image/png;base64,${data}">`).join("");
  await page.setContent(`<style>
    body { display: flex; justify-content: center; align-items: center; gap: 24px; height: 100vh; margin: 0;
      background: linear-gradient(120deg, #f6d9c8, #e7c6dd 55%, #b9a7d8); }
    img { border-radius: 14px; box-shadow: 0 18px 44px rgb(40 20 45 / 32%), 0 2px 6px rgb(40 20 45 / 22%); }
  </style>${images}`);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path });
}
