/** What differs from one browser engine to the other: as little as the tests of the message list need. */
export interface Engine {
  readonly name: "Chromium" | "Firefox" | "WebKit";
  /** It is not on this machine, and may be left out. */
  readonly missing: boolean;
  /** A window of 1280 × 800 px with a storage of its own. */
  open(): Promise<EngineWindow>;
}

export interface EngineWindow {
  /** Resolves when the page has loaded. */
  goto(url: string): Promise<void>;
  /**
   * Runs the function in the page, on its message list; there is none on other pages. The function sees nothing of its
   * surroundings here; what goes in and comes out is JSON.
   */
  evaluate<Input, Output>(work: PageWork<Input, Output>, input: Input): Promise<Output>;
  close(): Promise<void>;
}

export const VIEW = { width: 1280, height: 800 };

/** An engine may be left out where its program is missing, except where all tests must run. */
export const mayBeMissing = (path: string | null): boolean => path === null && process.env.CI === undefined;

export type PageWork<Input, Output> = (list: HTMLElement, input: Input) => Output | Promise<Output>;

/** The source of an async function without arguments that does the work; its result is a JSON text. */
export const asSource = <Input>(work: PageWork<Input, unknown>, input: Input): string =>
  `async () => {
    const list = document.querySelector('section[aria-label="Message history"]');
    return JSON.stringify(await (${work.toString()})(list, ${JSON.stringify(input) ?? "undefined"})) ?? "null";
  }`;
