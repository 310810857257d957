import { writeUnread } from "./fixtures.mjs";

/**
 * Every state worth looking at. Add one here and it is taken in all sizes, themes and languages.
 *
 * `as`: who looks, null: nobody is signed in. `open`: a fixture's name, the beginning of a partner's name or title in the
 * inbox, or null for the inbox alone. `before(page, tools)`: before the page is loaded. `show(page, tools)`: brings the page
 * into the state; when it throws, the picture is left out and the run says so. `loads: false`: it never finishes loading.
 * `zoom`: how much the reader has zoomed in.
 */
export const states = [
  { name: "sign-in", as: null, at: "/sign-in" },
  { name: "inbox", as: "ana", open: null },
  { name: "inbox-empty", as: "shot-neu", open: null },
  { name: "order", as: "ana", open: "Ben Hofmann" },
  { name: "first-message", as: "shot-lea", open: "first" },
  { name: "group", as: "shot-lea", open: "group" },
  { name: "project", as: "david", open: "Café Keller" },
  { name: "long", as: "shot-lea", open: "long", show: scrollUp },
  { name: "unread-line", as: "shot-lea", open: "unread", before: (_page, tools) => writeUnread(tools) },
  { name: "typing", as: "shot-lea", open: "group", show: typing },
  { name: "failed", as: "shot-lea", open: "first", before: unlock, show: failed },
  { name: "offline", as: "shot-lea", open: "emoji", show: offline },
  { name: "slow-network", as: "shot-lea", open: "group", before: holdTheApi, loads: false },
  { name: "not-found", as: "ana", at: "/c/nobody-knows-this-one", loads: false },
  { name: "unreachable", as: null, at: "/sign-in", before: breakTheApi, loads: false },
  { name: "locked", as: "shot-lea", open: "locked" },
  { name: "archived", as: "shot-lea", open: "archived" },
  { name: "announcement", as: "shot-lea", open: "announcement" },
  { name: "long-words", as: "shot-lea", open: "words" },
  { name: "emoji-only", as: "shot-lea", open: "emoji" },
  { name: "right-to-left-text", as: "shot-lea", open: "rtl" },
  { name: "right-to-left-page", as: "shot-lea", open: "group", show: mirror },
  { name: "zoom-200", as: "ana", open: "Ben Hofmann", zoom: 2 },
  { name: "compact", as: "ana", open: "Ben Hofmann", show: compact },
  { name: "composing", as: "ana", open: "Ben Hofmann", show: composing },
  { name: "draft", as: "ana", open: "Farid", show: draft },
  { name: "editing", as: "shot-lea", open: "desk", show: editing },
  { name: "message-menu", as: "ana", open: "Ben Hofmann", show: messageMenu },
  { name: "quotes-reactions-pins", as: "ana", open: "Spring market" },
  { name: "replying", as: "ana", open: "Spring market", show: replying },
  { name: "mentioning", as: "ana", open: "Spring market", show: mentioning },
  { name: "emoji-picker", as: "ana", open: "Spring market", show: emojiPicker },
  { name: "deleted", as: "shot-lea", open: "desk", show: deleted },
  { name: "search-hits", as: "ana", at: "/?q=tulip", show: searchHits },
  { name: "search-nothing", as: "ana", at: "/?q=Xylophon", loads: false, show: nothingFound },
  { name: "search-here", as: "ana", open: "Spring market", show: searchHere },
  { name: "message-info", as: "ana", open: "Spring market", show: messageInfo },
  { name: "conversation-menu", as: "ana", open: null, show: conversationMenu },
  { name: "news", as: "shot-lea", open: "emoji", show: news },
  { name: "shortcuts", as: "ana", open: null, show: shortcuts },
  { name: "settings", as: "ana", open: null, show: settings },
  { name: "focus", as: "ana", open: "Ben Hofmann", show: focusOnMessage },
];

const rows = (page) => page.locator(".parley-row");
const field = (page) => page.locator(".parley-composer-field");

async function scrollUp(page) {
  await page.locator(".parley-scroller").hover();
  await page.mouse.wheel(0, -1_500);
  await page.locator(".parley-jump").waitFor();
}

async function typing(page, { connect, ids }) {
  const sockets = await Promise.all(["shot-mira", "shot-tom"].map(connect));
  for (const socket of sockets) await socket.emitWithAck("conversation:join", { conversationId: ids.group });
  // Told once, and the page may not have been listening yet: whoever types tells it again and again.
  const keepTyping = setInterval(() => {
    for (const socket of sockets) socket.emit("typing:start", { conversationId: ids.group }, () => {});
  }, 1_000);
  try {
    await page.locator(".parley-typing-dots").waitFor();
  } finally {
    clearInterval(keepTyping);
  }
}

async function send(page, text) {
  await field(page).fill(text);
  await page.locator(".parley-send").click();
}

/** An earlier run that was broken off may have left it locked. */
async function unlock(page, { host, ids }) {
  await host("PATCH", `/api/conversations/${ids.first}`, { status: "active" });
}

/** Refused by a lock that this device did not hear of. */
async function failed(page, { host, ids, sockets }) {
  const lock = (status) => host("PATCH", `/api/conversations/${ids.first}`, { status });
  // Without its socket the page asks by HTTP, would hear of the lock, and take the button away.
  const isCatchUp = ({ pathname }) => pathname === "/api/sync";
  await page.route(isCatchUp, (route) => route.abort());
  await sockets.close();
  await field(page).fill("Und hier noch die Gästeliste, 80 Namen, wie besprochen.");
  await lock("locked");
  await page.locator(".parley-send").click();
  await page.locator(".parley-failed").waitFor();
  await lock("active");
  await page.unroute(isCatchUp);
  sockets.open();
  await field(page).waitFor();
}

async function offline(page, { sockets }) {
  await sockets.close();
  await page.context().setOffline(true);
  await send(page, "Das geht hinaus, sobald ich wieder Netz habe.");
  await page.locator('.parley-banner[data-empty="false"]').first().waitFor({ state: "attached" });
}

const isApi = ({ pathname }) => pathname.startsWith("/api/") || pathname.startsWith("/socket.io/");

async function holdTheApi(page) {
  await page.route(isApi, () => {});
  await page.routeWebSocket(isApi, () => {});
}

async function breakTheApi(page) {
  await page.route(isApi, (route) => route.abort());
}

async function mirror(page) {
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
}

async function compact(page) {
  await page.evaluate(() => (document.documentElement.dataset.density = "compact"));
}

async function composing(page) {
  await field(page).fill(
    "Good morning Ben!\n\nThe photos are done: ten of them, in daylight, with some air around the flowers. I upload them tonight.\n\nOne more question about the newsletter …",
  );
}

async function draft(page) {
  await field(page).fill("I ask my mother, she knows such things");
  await page.goBack();
  await page.locator(".parley-conversation em").first().waitFor();
}

async function editing(page) {
  await send(page, "Dann nehme ich gerne auch zwei Mutser.");
  await page.locator('.parley-own:is([data-status="sent"], [data-status="delivered"])').last().waitFor();
  await field(page).press("ArrowUp");
  await page.locator(".parley-composer-editing").waitFor();
}

async function messageMenu(page) {
  const row = page
    .locator(".parley-own.parley-row")
    .filter({ has: page.locator(".parley-actions") })
    .last();
  await row.scrollIntoViewIfNeeded();
  await row.locator('[data-action="menu"]').dispatchEvent("click");
  await page.locator(".parley-menu:popover-open").waitFor();
}

async function replying(page) {
  await rows(page).filter({ hasText: "My sister" }).locator('[data-action="reply"]').dispatchEvent("click");
  await page.locator(".parley-composer-reply").waitFor();
  await field(page).fill("That would be wonderful, please thank her already!");
}

async function mentioning(page) {
  await field(page).pressSequentially("I ask @");
  await page.locator(".parley-completion").waitFor();
}

async function emojiPicker(page) {
  await page.locator(".parley-composer-tool").first().click();
  await page.locator(".parley-picker-grid").first().waitFor();
}

async function deleted(page) {
  await send(page, "Nicht so wichtig.");
  const row = rows(page).filter({ hasText: "Nicht so wichtig." }).last();
  await row.locator('[data-action="menu"]').dispatchEvent("click");
  await page.locator(".parley-menu:popover-open .parley-danger").click();
  await page.locator(".parley-notice").waitFor();
  await page.locator('.parley-bubble[data-deleted="true"]').last().waitFor();
}

async function searchHits(page) {
  await page.locator(".parley-found, .parley-hit").first().waitFor();
}

async function nothingFound(page) {
  await page.locator(".parley-found .parley-empty").waitFor();
}

async function searchHere(page) {
  await page.locator(".parley-header-search").click();
  await page.locator(".parley-chat-search input[type=search]").fill("stool");
  await page.locator(".parley-chat-search .parley-hit").first().waitFor();
}

async function messageInfo(page) {
  const row = rows(page).filter({ hasText: "The first, by all means." });
  await row.locator('[data-action="menu"]').dispatchEvent("click");
  await page.getByRole("menuitem", { name: /info$/ }).click();
  await page.locator(".parley-message-info[open]").waitFor();
}

async function conversationMenu(page) {
  await page.locator(".parley-conversation").nth(1).click({ button: "right" });
  await page.locator(".parley-menu:popover-open").waitFor();
}

async function news(page, { host, ids }) {
  const content = "Die Einladungen sind im Druck, am Mittwoch hast du sie!";
  const body = { clientMessageId: crypto.randomUUID(), content, senderId: "shot-mira" };
  await host("POST", `/api/conversations/${ids.desk}/messages`, body);
  await page.locator(".news-item").waitFor();
}

async function shortcuts(page) {
  await page.keyboard.press("?");
  await page.locator("dialog[open]").waitFor();
}

async function settings(page) {
  await page.locator(".settings-button").click();
  await page.locator(".settings:popover-open, dialog[open]").waitFor();
}

async function focusOnMessage(page) {
  await page.locator(".parley-scroller").focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
}
