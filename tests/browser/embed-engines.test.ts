import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbedHost, openEmbedHost } from "../support/embed-host.ts";
import type { EngineWindow } from "../support/engines/engine.ts";
import { firefox } from "../support/engines/firefox.ts";
import { webkit } from "../support/engines/webkit.ts";
import { waitUntil } from "../support/wait-until.ts";

/** The element's own texts: what is in its shadow root, which a page's text is without. */
const textOfChat = () =>
  document.querySelector("parley-chatbox")?.shadowRoot?.querySelector(".parley-chat")?.textContent;

/** Writes into the composer and presses Enter, as far as the page can tell. */
const say = (_: HTMLElement, text: string) => {
  const field = document.querySelector("parley-chatbox")?.shadowRoot?.querySelector("textarea");
  if (field == null) throw new Error("There is no composer.");
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  requestAnimationFrame(() =>
    field.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true, cancelable: true }),
    ),
  );
};

describe.each([firefox, webkit])("custom elements in $name", (engine) => {
  const { missing } = engine;
  let host: EmbedHost;
  let window: EngineWindow;
  beforeAll(async () => {
    if (missing) return;
    host = await openEmbedHost("html");
    window = await engine.open();
    await window.goto(`${host.hostUrl}/?as=ana`);
  });
  afterAll(async () => {
    await window?.close();
    await host?.stop();
  });
  const shows = (text: string) =>
    waitUntil(async () => (await window.evaluate(textOfChat, null))?.includes(text) === true, { what: text });

  it.skipIf(missing)("open, receive and send", async () => {
    await shows("Ben Hofmann");
    const ben = host.parley.asUser("ben");
    const params = { id: host.conversationId };
    await ben("sendMessage", { params, body: { clientMessageId: crypto.randomUUID(), content: "On Friday." } });
    await shows("On Friday.");
    await window.evaluate(say, "As agreed, then.");
    await waitUntil(
      async () => (await ben("listMessages", { params, query: {} })).messages.at(-1)?.content === "As agreed, then.",
      { what: "the server has it" },
    );
    await shows("As agreed, then.");
  });

  it.skipIf(missing)("have the kit's styles, and name their parts", async () => {
    const { display, parts } = await window.evaluate(() => {
      const chat = document.querySelector("parley-chatbox")?.shadowRoot?.querySelector(".parley-chat");
      const named = [...(chat?.querySelectorAll("[part]") ?? [])].map((part) => part.getAttribute("part"));
      return { display: chat == null ? null : getComputedStyle(chat).display, parts: named };
    }, null);
    expect(display).toBe("flex");
    expect(parts).toEqual(expect.arrayContaining(["bubble", "bubble own", "composer"]));
  });
});
