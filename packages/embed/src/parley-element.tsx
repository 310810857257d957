import type { ChatClient } from "@parley/client";
import { type ChatCallbacks, type LabelOverrides, type Locale, LocalizedChatProvider } from "@parley/react";
import type { ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { type GetToken, tokenFrom } from "./get-token.ts";
import { fetchLanguage, textsIn } from "./language.ts";
import { onPageSettings, pageSettings } from "./page-settings.ts";
import { joinSession } from "./session.ts";
import { adoptStyles, forgetStyles } from "./style-sheets.ts";

/** What the three elements share: a shadow root with the kit in it, attributes, properties and events. */
export abstract class ParleyElement extends HTMLElement {
  static readonly observedAttributes: readonly string[] = [
    "server-url",
    "token-url",
    "conversation-id",
    "locale",
    "theme",
    "density",
    "dir",
    "open",
    "teaser",
  ];
  #root: Root | null = null;
  #client: ChatClient | null = null;
  #leave: (() => void) | null = null;
  #forgetPage: (() => void) | null = null;
  #getToken: GetToken | null = null;
  #labels: LabelOverrides | undefined;

  /** Gives the token of the person who is signed in at the host; null when nobody is. Goes before `token-url`. */
  get getToken(): GetToken | null {
    return this.#getToken;
  }
  set getToken(value: GetToken | null) {
    this.#getToken = value;
    this.refresh();
  }

  /** Single texts of the host's own. */
  get labels(): LabelOverrides | undefined {
    return this.#labels;
  }
  set labels(value: LabelOverrides | undefined) {
    this.#labels = value;
    this.render();
  }

  /** Asks for a token anew: somebody signed in, signed out, or became somebody else. */
  refresh(): void {
    if (this.#root === null) return;
    this.#leave?.();
    this.#client = null;
    this.render();
    this.#leave = joinSession(this.#serverUrl(), {
      getToken: this.#tokenSource(),
      show: (client) => {
        this.#client = client;
        this.render();
      },
      failed: (error) => this.#tellOfHost(error),
    });
  }

  connectedCallback(): void {
    for (const name of ["getToken", "labels"] as const) this.#takeEarly(name);
    const shadow = this.shadowRoot ?? this.#makeShadow();
    adoptStyles(shadow);
    const mount = document.createElement("div");
    mount.className = "parley-mount";
    shadow.append(mount);
    this.#root = createRoot(mount);
    this.#forgetPage = onPageSettings(() => this.refresh());
    this.#showLook();
    this.refresh();
  }

  disconnectedCallback(): void {
    this.#forgetPage?.();
    this.#leave?.();
    this.#leave = null;
    this.#client = null;
    this.#root?.unmount();
    this.#root = null;
    if (this.shadowRoot !== null) forgetStyles(this.shadowRoot);
    this.shadowRoot?.replaceChildren();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || this.#root === null) return;
    // Another address means another person or another server.
    if (name.endsWith("-url")) this.refresh();
    else {
      this.#showLook();
      this.render();
    }
  }

  /** What stands in the provider. */
  protected abstract view(): ReactNode;

  /** Sends an event out of the shadow root; false when a listener prevented it. */
  protected tell(name: string, detail: object): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  protected render(): void {
    if (this.#root === null) return;
    const client = this.#client;
    const locale = this.#locale();
    const catalogue = textsIn(locale);
    if (catalogue === null) {
      void fetchLanguage(locale, (error) => this.#tellOfHost(error)).then(() => this.render());
      // What is on screen stays until the new language is here.
      if (client !== null) return;
    }
    this.#root.render(
      client === null || catalogue === null ? null : (
        <LocalizedChatProvider {...{ client, locale, catalogue }} {...this.#callbacks()} {...this.#texts()}>
          {this.view()}
        </LocalizedChatProvider>
      ),
    );
  }

  #tellOfHost(error: unknown): void {
    this.tell("parley-error", { code: "host", message: String(error) });
  }

  #makeShadow(): ShadowRoot {
    const shadow = this.attachShadow({ mode: "open" });
    // Nothing pops up at first. Where this cannot be had, the focus goes where the browser puts it.
    import("./keep-focus.ts").then(
      ({ keepFocus }) => keepFocus(shadow),
      () => undefined,
    );
    return shadow;
  }

  #callbacks(): ChatCallbacks {
    return {
      onUnread: (total) => void this.tell("parley-unread", { total }),
      onSend: (message) => this.tell("parley-send", message),
      onOpen: (conversationId) => void this.tell("parley-open", { conversationId }),
      onError: (problem) => void this.tell("parley-error", problem),
    };
  }

  #texts(): { labels?: LabelOverrides } {
    const labels = this.#labels ?? pageSettings().labels;
    return labels === undefined ? {} : { labels };
  }

  #serverUrl(): string {
    const named = this.getAttribute("server-url") ?? pageSettings().serverUrl;
    return new URL(named ?? import.meta.url, document.baseURI).origin;
  }

  #tokenSource(): GetToken | null {
    if (this.#getToken !== null) return this.#getToken;
    const address = this.getAttribute("token-url");
    return address === null ? pageSettings().getToken : tokenFrom(new URL(address, document.baseURI).href);
  }

  #locale(): Locale {
    const language =
      this.getAttribute("locale") ??
      pageSettings().locale ??
      this.closest("[lang]")?.getAttribute("lang") ??
      navigator.language;
    return /^de/i.test(language) ? "de" : "en";
  }

  /** The kit's styles ask the element itself: so what a page sets on it is not set again within. */
  #showLook(): void {
    for (const name of ["theme", "density"] as const) {
      const value = this.getAttribute(name) ?? pageSettings()[name];
      if (value === undefined) delete this.dataset[name];
      else this.dataset[name] = value;
    }
  }

  /** A property that was set before the script had loaded stands in the way of ours. */
  #takeEarly(name: "getToken" | "labels"): void {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete (this as Partial<Record<typeof name, unknown>>)[name];
    Object.assign(this, { [name]: value });
  }
}
