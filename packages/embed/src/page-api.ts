import { changePageSettings, type PageSettings } from "./page-settings.ts";
import type { ParleyPopup } from "./parley-popup.tsx";

interface InitOptions extends PageSettings {
  /** The popup that `init` puts into the page; `false` for none. */
  readonly popup?: false | { readonly conversationId?: string; readonly teaser?: string };
}

/** What a page may call before and after the script has loaded: `parley("open")`. */
interface Commands {
  init: [options?: InitOptions];
  open: [conversationId?: string];
  close: [];
  setUser: [user: Pick<PageSettings, "getToken" | "tokenUrl"> | null];
  on: [event: "unread" | "send" | "open" | "error", listener: (event: CustomEvent) => void];
}

type Call = { [Name in keyof Commands]: [name: Name, ...args: Commands[Name]] }[keyof Commands];

/** The stub that a page may put in place until the script has loaded keeps the calls here. */
interface Queue {
  (...call: Call): void;
  q?: ArrayLike<unknown>[];
}

/** Puts `window.parley` into the page and does what was called before. */
export function startPageApi(): void {
  const page = window as { parley?: Queue };
  const waiting = page.parley?.q ?? [];
  page.parley = (...call) => run(call);
  for (const call of waiting) page.parley(...(Array.from(call) as Call));
}

function run(call: Call): void {
  switch (call[0]) {
    case "init":
      return init(call[1] ?? {});
    case "open":
      return popups().forEach((popup) => popup.open(call[1]));
    case "close":
      return popups().forEach((popup) => popup.close());
    case "setUser":
      return changePageSettings(call[1] ?? { getToken: null });
    case "on":
      return document.addEventListener(`parley-${call[1]}`, call[2] as EventListener);
    default:
      console.warn(`Parley: there is no command "${String(call[0])}".`);
  }
}

function init({ popup = {}, ...settings }: InitOptions): void {
  changePageSettings(settings);
  if (popup === false || popups().length > 0) return;
  const element = document.createElement("parley-popup");
  if (popup.conversationId !== undefined) element.setAttribute("conversation-id", popup.conversationId);
  if (popup.teaser !== undefined) element.setAttribute("teaser", popup.teaser);
  document.body.append(element);
}

const popups = () => [...document.querySelectorAll<ParleyPopup>("parley-popup")];
