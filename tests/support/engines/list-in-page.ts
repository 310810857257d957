// Work for `EngineWindow.evaluate`: each function stands alone, since only its source goes into the page.

/** What somebody saw of a row, in px and in frames. */
export interface Watched {
  /** Its farthest distance from where it was first. */
  readonly worst: number;
  /** What was looked at: each frame once, after it was painted. */
  readonly frames: number;
}

/** Watches the row with that seq for `ms`, in 20 frames at least; a row that goes is infinitely far. */
export async function watchRow(list: HTMLElement, { seq, ms }: { seq: number; ms: number }): Promise<Watched> {
  const painted = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener("message", resolve);
        port1.start();
        port2.postMessage(null);
      }),
    );
  const row = list.querySelector(`[data-seq="${seq}"]`)!;
  const first = row.getBoundingClientRect().top;
  const until = performance.now() + ms;
  let worst = 0;
  let frames = 0;
  while (performance.now() < until || frames < 20) {
    await painted();
    const distance = row.isConnected ? Math.abs(row.getBoundingClientRect().top - first) : 1e9;
    worst = Math.max(worst, distance);
    frames += 1;
  }
  return { worst, frames };
}

/** Watches for `ms`, in 20 frames at least, how far the last row stands from where it first stood: at the end one stays there. */
export async function watchEnd(list: HTMLElement, { ms }: { ms: number }): Promise<Watched> {
  const painted = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener("message", resolve);
        port1.start();
        port2.postMessage(null);
      }),
    );
  const gap = () => {
    const last = [...list.querySelectorAll("[data-seq]")].at(-1)!;
    return list.getBoundingClientRect().bottom - last.getBoundingClientRect().bottom;
  };
  const first = gap();
  const until = performance.now() + ms;
  let worst = Math.abs(list.scrollTop);
  let frames = 0;
  while (performance.now() < until || frames < 20) {
    await painted();
    worst = Math.max(worst, Math.abs(gap() - first), Math.abs(list.scrollTop));
    frames += 1;
  }
  return { worst, frames };
}

/** The seqs of the mounted rows that are in view, from top to bottom. */
export function seqsInView(list: HTMLElement): number[] {
  const { top, bottom } = list.getBoundingClientRect();
  return [...list.querySelectorAll<HTMLElement>("[data-seq]")]
    .filter((row) => row.getBoundingClientRect().bottom > top && row.getBoundingClientRect().top < bottom)
    .map((row) => Number(row.dataset.seq));
}

/** Scrolls so that `px` of what is mounted lie below the view; all of it for a large number. */
export const scrollBack = (list: HTMLElement, px: number): void => {
  list.scrollTop = -Math.min(px, list.scrollHeight - list.clientHeight);
};

/** How much of what is mounted lies above the view, in px. */
export const roomAbove = (list: HTMLElement): number => list.scrollHeight - list.clientHeight + list.scrollTop;

/** What the list says of itself, in px, for a test that fails. */
export const measures = (list: HTMLElement) => ({
  top: list.scrollTop,
  height: list.scrollHeight,
  view: list.clientHeight,
  content: list.firstElementChild!.getBoundingClientRect().height,
  margin: (list.firstElementChild as HTMLElement).style.marginBlockEnd,
});

/** Until scrolling and changes of size were painted, and everybody has heard of them. */
export async function painted(): Promise<void> {
  for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** How many new messages wait at the end, in the words of the button that leads there. */
export const waitingBelow = (list: HTMLElement): string =>
  list.ownerDocument.querySelector(".parley-jump > span")?.textContent ?? "";

/** Writes into the composer as a person does, as far as the page can tell; a little later, while somebody watches. */
export function compose(list: HTMLElement, { text, afterMs }: { text: string; afterMs: number }): void {
  setTimeout(() => {
    const field = list.ownerDocument.querySelector<HTMLTextAreaElement>("textarea")!;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(field, text);
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }, afterMs);
}

export const mountedRows = (list: HTMLElement): number => list.querySelectorAll("[data-seq]").length;

/** Puts the place of a picture, with a reserved size, into every third message, as attachments will; how many. */
export function placePictures(list: HTMLElement): number {
  const texts = [...list.querySelectorAll("[data-seq] p")].filter((_, index) => index % 3 === 0);
  for (const text of texts) text.append(Object.assign(new Image(240, 180), { className: "test-picture", alt: "" }));
  return texts.length;
}

/** Starts to load them, a little later, while somebody watches. */
export function loadPictures(list: HTMLElement, { url, afterMs }: { url: string; afterMs: number }): void {
  for (const [index, picture] of list.querySelectorAll<HTMLImageElement>(".test-picture").entries()) {
    setTimeout(() => (picture.src = `${url}?${index}`), afterMs + 10 * index);
  }
}

export const loadedPictures = (list: HTMLElement): number =>
  [...list.querySelectorAll<HTMLImageElement>(".test-picture")].filter(({ naturalWidth }) => naturalWidth > 0).length;

/** Whether a conversation with more than a few messages is open. */
export const isShown = (list: HTMLElement | null): boolean => (list?.querySelectorAll("[data-seq]").length ?? 0) > 3;

/** Gives the whole page another size, as a keyboard, a window or a setting does; what is left out is as it was at first. */
export function resizePage(list: HTMLElement, { width, height, text }: PageSize): void {
  const page = list.ownerDocument;
  const main = page.querySelector("main")!;
  main.style.inlineSize = width === undefined ? "" : `${width}px`;
  main.style.blockSize = height === undefined ? "" : `${height}px`;
  page.documentElement.style.fontSize = text === undefined ? "" : `${text}%`;
}

export interface PageSize {
  /** In px. */
  readonly width?: number;
  readonly height?: number;
  /** Size of letters, in percent. */
  readonly text?: number;
}

/** Where a row stands: its seq, its edges in px below the upper edge of the view. */
export interface RowPlace {
  readonly seq: number;
  /** Its upper edge on the screen: what comes in above the view makes that lower, and leaves the row where it is. */
  readonly onScreen: number;
  readonly top: number;
  readonly bottom: number;
  /** Height of the view. */
  readonly view: number;
}

/** The row with that seq; without one, that across the middle of the view. Null: there is none. */
export function rowPlace(list: HTMLElement, seq: number | null): RowPlace | null {
  const view = list.getBoundingClientRect();
  const middle = view.top + view.height / 2;
  const rows = [...list.querySelectorAll<HTMLElement>("[data-seq]")];
  const row = rows.find((one) =>
    seq === null ? one.getBoundingClientRect().bottom > middle : Number(one.dataset.seq) === seq,
  );
  if (row === undefined) return null;
  const { top, bottom } = row.getBoundingClientRect();
  return {
    seq: Number(row.dataset.seq),
    onScreen: top,
    top: top - view.top,
    bottom: bottom - view.top,
    view: view.height,
  };
}

/** Touches a row, as a finger does that is about to do something with it. */
export function touchRow(list: HTMLElement, seq: number): void {
  list.querySelector(`[data-seq="${seq}"]`)!.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
}

/** Presses the button that the selector names, in the row or anywhere in the page. */
export function pressIn(list: HTMLElement, { seq, selector }: { seq: number | null; selector: string }): void {
  const place = seq === null ? list.ownerDocument : list.querySelector(`[data-seq="${seq}"]`)!;
  place.querySelector<HTMLElement>(selector)!.click();
}

/**
 * Waits for the row to come into view, and watches it from that very frame on for `ms`: how far it was from its first place.
 * Gives up after 15 s: then it is infinitely far.
 */
export async function watchArrival(
  _list: HTMLElement | null,
  { seq, ms }: { seq: number; ms: number },
): Promise<Watched> {
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const place = () => {
    const row = document.querySelector(`section > div [data-seq="${seq}"]`);
    const view = row?.closest("section")?.getBoundingClientRect();
    const top = row?.getBoundingClientRect().top;
    if (view === undefined || top === undefined) return null;
    return top >= view.top - 1 && top < view.bottom ? top : null;
  };
  const began = performance.now();
  while (place() === null) {
    if (performance.now() - began > 15_000) return { worst: 1e9, frames: 0 };
    await frame();
  }
  const first = place()!;
  const until = performance.now() + ms;
  let worst = 0;
  let frames = 0;
  while (performance.now() < until || frames < 20) {
    await frame();
    worst = Math.max(worst, Math.abs((place() ?? 1e9) - first));
    frames += 1;
  }
  return { worst, frames };
}
