import { type ChatClient, createChatClient } from "@parley/client";
import { clientOptions, ManualClock, MemoryServer, settle } from "@parley/testkit";
import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { ChatProvider, type LabelOverrides, type Locale } from "../src/index.ts";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

/** The small DOM knows no popovers: only the events that opening and closing send. */
for (const [method, newState] of [
  ["showPopover", "open"],
  ["hidePopover", "closed"],
] as const) {
  HTMLElement.prototype[method] ??= function toggle(this: HTMLElement) {
    for (const name of ["beforetoggle", "toggle"]) this.dispatchEvent(Object.assign(new Event(name), { newState }));
  };
}

/** The small DOM knows no layout: everything that asks for its size is 600 px high, so that lists have lines in view. */
globalThis.ResizeObserver = class implements ResizeObserver {
  readonly #told: ResizeObserverCallback;
  constructor(told: ResizeObserverCallback) {
    this.#told = told;
  }
  observe(target: Element) {
    const entry = { target, contentRect: new DOMRect(0, 0, 300, 600) } as ResizeObserverEntry;
    queueMicrotask(() => this.#told([entry], this));
  }
  unobserve() {}
  disconnect() {}
};

/** An in-memory server with one conversation of Ana and Ben. */
export function startChat() {
  const clock = new ManualClock(Date.now());
  const server = new MemoryServer(clock.now);
  server.chat.users.set("ana", { id: "ana", name: "Ana Weber", picture: null, role: "buyer" });
  server.chat.users.set("ben", { id: "ben", name: "Ben Hofmann", picture: null, role: "seller" });
  const { id } = server.chat.open("ana", { type: "direct", participants: [{ userId: "ben" }] });
  return { clock, server, conversationId: id };
}

export interface Rendered {
  readonly page: HTMLElement;
  readonly client: ChatClient;
  close(): Promise<void>;
}

/** Renders the kit for Ana, over the real SDK. */
export async function render(
  { server, clock }: Pick<ReturnType<typeof startChat>, "server" | "clock">,
  children: ReactNode,
  locale: Locale = "en",
  labels: LabelOverrides = {},
): Promise<Rendered> {
  const client = createChatClient(clientOptions(server, "ana", clock));
  client.connect();
  const page = document.createElement("div");
  document.body.append(page);
  const root = createRoot(page);
  await during(() =>
    root.render(
      <ChatProvider client={client} locale={locale} labels={labels}>
        {children}
      </ChatProvider>,
    ),
  );
  await firstHistory(page);
  return {
    page,
    client,
    close: async () => {
      await during(async () => {
        root.unmount();
        await client.close();
      });
      page.remove();
      sessionStorage.clear();
    },
  };
}

/** Waits until the first history is on the page, if one comes; without an answer it keeps its shapes. */
export async function firstHistory(page: ParentNode): Promise<void> {
  // What came of the first answers asks for more: the newest page.
  await during(() => {});
  // It comes into its frame and fills the view by and by.
  const coming = ".parley-messages:empty, .parley-skeleton-messages";
  for (let step = 0; step < 100 && page.querySelector(coming) !== null; step += 1) {
    await during(() => {});
  }
}

/** Does something, and lets the real SDK and React finish what follows from it. */
export async function during(action: () => unknown): Promise<void> {
  await act(async () => {
    await action();
    await settle();
  });
}

/** The element with this accessible name (by label or text), or an error that says what is there. */
export function get(page: ParentNode, selector: string, name: string): HTMLElement {
  const all = [...page.querySelectorAll<HTMLElement>(selector)];
  const found = all.find((element) => (element.getAttribute("aria-label") ?? element.textContent) === name);
  if (found !== undefined) return found;
  throw new Error(`No ${selector} "${name}" in: ${all.map((element) => element.outerHTML).join("\n")}`);
}

/** The text field with this name. */
export function getField(page: ParentNode, name: string): HTMLTextAreaElement {
  return get(page, "textarea", name) as HTMLTextAreaElement;
}

/** Writes as a person does: React hears of it. */
export function write(field: HTMLTextAreaElement, text: string): Promise<void> {
  return during(() => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

export function press(target: Element, key: string, more: KeyboardEventInit = {}): Promise<void> {
  return during(() =>
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more })),
  );
}

export function click(target: HTMLElement): Promise<void> {
  return during(() => target.click());
}
