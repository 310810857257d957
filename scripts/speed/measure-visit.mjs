const SLOW_NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};

/**
 * Opens a conversation on a slow phone.
 * @param {import("playwright-core").Page} page
 * @param {string} url
 * @returns {Promise<object>} times in ms after the start of the navigation, the sum of layout shifts, bytes and requests
 */
export async function measureVisit(page, url) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_NETWORK);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const requests = [];
  let bytes = 0;
  session.on("Network.requestWillBeSent", ({ request }) => requests.push(request.url));
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.addInitScript(watchPage);
  await page.goto(url, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.pageSpeed.firstMessagesMs > 0, undefined, { timeout: 60_000 });
  await page.waitForTimeout(2_000);
  const seen = await page.evaluate(() => globalThis.pageSpeed);
  const foreign = requests.filter(
    (address) => !/^(data|blob):/.test(address) && new URL(address).host !== new URL(url).host,
  );
  if (foreign.length > 0) throw new Error(`Another host was asked: ${foreign.join(", ")}`);
  return { ...seen, kilobytes: Math.round(bytes / 1024), requests: requests.length };
}

/** In the page: when something, and when a message, was painted, and how much was moved. */
function watchPage() {
  const seen = { firstPaintMs: 0, firstMessagesMs: 0, layoutShift: 0 };
  globalThis.pageSpeed = seen;
  const observe = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe("paint", ({ name, startTime }) => {
    if (name !== "first-contentful-paint") return;
    seen.firstPaintMs = Math.round(startTime);
    // The first picture is hidden until all of it has come: what is painted first are messages then.
    if (isVisible()) seen.firstMessagesMs = seen.firstPaintMs;
    else look();
  });
  observe("layout-shift", ({ value, hadRecentInput }) => {
    if (!hadRecentInput) seen.layoutShift = Math.round((seen.layoutShift + value) * 1_000) / 1_000;
  });
  const isVisible = () => document.querySelector("[data-seq]")?.checkVisibility({ visibilityProperty: true }) === true;
  // Not in each frame: looking has the page laid out, which takes a slow phone its time.
  const look = () => {
    if (!isVisible()) setTimeout(look, 50);
    // The frame after the one in which it is there has shown it.
    else requestAnimationFrame(() => (seen.firstMessagesMs = Math.round(performance.now())));
  };
}
