const TEXT = "Typing with ten thousand messages";
/** What took less is not told by the browser. */
const UNSEEN = "below 16";

/**
 * Types into the composer of a long conversation of which as much is loaded as the page keeps.
 * @param {import("playwright-core").Page} page
 * @param {string} url
 * @param {number} slowdown of the CPU
 * @returns {Promise<object>} from the key press to the next paint, in ms (the browser counts in steps of 8)
 */
export async function measureTyping(page, url, slowdown) {
  const session = await page.context().newCDPSession(page);
  await page.goto(url);
  // The first picture that the server made has one too.
  const history = page.locator("#app").getByRole("region", { name: "Message history" });
  // On a busy machine the first picture of so many takes its time.
  await history.getByRole("listitem").last().waitFor({ timeout: 90_000 });
  await history.evaluate(readBack);
  await page.keyboard.press("Escape");
  const composer = page.getByRole("textbox", { name: "Write a message" });
  await composer.focus();
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await page.evaluate(watchInput);
  // Keys alone: looking for the field before each one would be measured as well.
  await page.keyboard.type(TEXT, { delay: 80 });
  await page.waitForTimeout(500);
  const { durations, longFrames } = await page.evaluate(() => globalThis.typing);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await composer.fill("");
  const slowest = durations.sort((a, b) => b - a);
  return {
    slowdown,
    mounted: await history.getByRole("listitem").count(),
    keys: TEXT.length,
    medianMs: slowest[TEXT.length >> 1] ?? UNSEEN,
    worstMs: slowest[0] ?? UNSEEN,
    longFrames,
  };
}

/** In the page: scrolls up until about a thousand messages have been loaded. */
async function readBack(list) {
  const until = performance.now() + 6_000;
  while (performance.now() < until) {
    list.scrollTop -= 900;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** In the page: how long each event took from the finger to the screen. */
function watchInput() {
  const typing = { durations: [], longFrames: 0 };
  globalThis.typing = typing;
  const observe = (options, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe(options);
  observe({ type: "event", durationThreshold: 16 }, ({ name, duration }) => {
    if (name === "keydown") typing.durations.push(duration);
  });
  observe({ type: "long-animation-frame" }, () => (typing.longFrames += 1));
}
