import { Component, type ReactNode, type RefObject } from "react";
import { type Anchor, drift, takeAnchor } from "./anchor.ts";
import { moveBy } from "./move-by.ts";
import { distanceTo, type MessageTarget, type Place, type Target } from "./place.ts";
import { distanceToPoint, type ReadingPoint, takeReadingPoint } from "./reading-point.ts";

/** Nearer to the end than this counts as being there, in px. */
export const END_ZONE = 80;

export interface AnchorKeeperProps {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly rows: () => ArrayLike<Element>;
  /** The first rows are still coming: nobody is taken anywhere, and nothing is measured, which would lay out the page each time. */
  readonly still: boolean;
  /** The newest message is mounted and new ones show at once. */
  readonly following: boolean;
  /** Key of the last mounted row. */
  readonly endKey: string | null;
  /** Set it to be taken there with the next update that has the row. */
  readonly goTo: RefObject<Target | null>;
  /** The target's row stands where it was wanted. */
  readonly onReached: (row: HTMLElement, target: MessageTarget) => void;
  /** The list goes away: where its reader was, null at the end. */
  readonly onLeave: (place: Place | null) => void;
  /** After every update and every change of size, unless it is still. */
  readonly onSettled: () => void;
  readonly children: ReactNode;
}

interface Snapshot {
  readonly anchor: Anchor | null;
  readonly fromEnd: number;
}

/** What changes the height of rows and of the view: another width, height, or size of letters. */
const sizeOf = (scroller: HTMLElement): string =>
  [scroller.clientHeight, scroller.clientWidth, getComputedStyle(scroller).fontSize].join(" ");

/** The part of a size by which lines break. */
const linesOf = (size: string): string => size.slice(size.indexOf(" "));

/**
 * Holds what the reader looks at in its place, whatever is mounted, dropped or resized around it.
 * At the very end, and when older messages come in above, the browser does that by itself (column-reverse counts from the end):
 * then nothing is written. A class, since only `getSnapshotBeforeUpdate` may measure right before the change.
 */
export class AnchorKeeper extends Component<AnchorKeeperProps> {
  private observer: ResizeObserver | null = null;
  private last: Anchor | null = null;
  /** scrollTop when the anchor was remembered: 0 at the end, negative above. */
  private lastTop = 0;
  /** What the view shows again when it has the size back that it had when its reader came here. */
  private reading: ReadingPoint | null = null;
  private readingSize = "";
  private touched: Element | null = null;
  private size = "";
  /** scrollTop as this wrote it: the event of it is not the reader's. */
  private written: number | null = null;

  /** Call it once the scroller stands: its ref is set only after its children were mounted. */
  attach(): void {
    const scroller = this.props.scroller.current;
    if (scroller === null) return;
    scroller.addEventListener("scroll", this.onScroll, { passive: true });
    scroller.addEventListener("pointerdown", this.onTouch, { passive: true });
    if (!this.props.still) this.begin(scroller);
    if (typeof ResizeObserver === "undefined") return;
    this.observer = new ResizeObserver(this.onResize);
    this.observer.observe(scroller);
    if (scroller.firstElementChild !== null) this.observer.observe(scroller.firstElementChild);
  }

  private begin(scroller: HTMLElement): void {
    this.size = sizeOf(scroller);
    this.go();
    this.remember("reader");
    this.props.onSettled();
  }

  override componentWillUnmount(): void {
    // The scroller goes with the list, and its listener with it.
    this.observer?.disconnect();
    const seq = Number(this.last?.row.getAttribute("data-seq") ?? 0);
    const inHistory = this.last !== null && seq > 0 && -this.lastTop > END_ZONE;
    this.props.onLeave(inHistory && this.last !== null ? { seq, offset: this.last.offset } : null);
  }

  override getSnapshotBeforeUpdate(): Snapshot {
    const scroller = this.props.scroller.current;
    if (scroller === null || this.props.still) return { anchor: null, fromEnd: 0 };
    // Another size that nobody was told of yet, in this very frame: what stands in view now is not what was read.
    this.takeSize(scroller);
    return { anchor: takeAnchor(scroller, this.props.rows()), fromEnd: Math.abs(scroller.scrollTop) };
  }

  override componentDidUpdate(before: AnchorKeeperProps, _state: unknown, snapshot: Snapshot): void {
    const scroller = this.props.scroller.current;
    if (scroller === null || this.props.still) return;
    if (before.still) this.begin(scroller);
    else this.update(scroller, before, snapshot);
  }

  private update(scroller: HTMLElement, before: AnchorKeeperProps, snapshot: Snapshot): void {
    const { following, endKey } = this.props;
    const grewAtEnd = before.following && following && before.endKey !== endKey && snapshot.fromEnd <= END_ZONE;
    const went = this.go();
    if (!went) {
      if (grewAtEnd) scroller.scrollTop = 0;
      else this.restore(snapshot.anchor, snapshot.fromEnd, 0);
    }
    this.remember(went || grewAtEnd ? "reader" : "history");
    this.props.onSettled();
  }

  /** Goes where it was asked to. false: nowhere, or the row is not there yet. */
  private go(): boolean {
    const { goTo, scroller, onReached } = this.props;
    const target = goTo.current;
    if (scroller.current === null || target === null) return false;
    if (target === "end") scroller.current.scrollTop = 0;
    else {
      const row = scroller.current.querySelector<HTMLElement>(`[data-seq="${target.seq}"]`);
      if (row === null) return false;
      const view = scroller.current.getBoundingClientRect();
      moveBy(scroller.current, distanceTo(target, row.getBoundingClientRect(), view));
      onReached(row, target);
    }
    goTo.current = null;
    return true;
  }

  private readonly onResize = () => {
    const scroller = this.props.scroller.current;
    if (scroller === null || this.props.still) return;
    if (!this.takeSize(scroller)) {
      this.restore(this.last, Math.abs(scroller.scrollTop), this.scrolledOn(scroller));
      this.remember("history");
    }
    this.props.onSettled();
  };

  /** true: the view has another size, and shows what was read. */
  private takeSize(scroller: HTMLElement): boolean {
    const size = sizeOf(scroller);
    if (size === this.size) return false;
    // Where lines break elsewhere, the browser may have moved the view in a layout of which nobody saw the end.
    const scrolled = linesOf(size) === linesOf(this.size) ? this.scrolledOn(scroller) : 0;
    this.size = size;
    this.showReading(scroller, scrolled);
    return true;
  }

  /**
   * A keyboard has come or gone, the window has another width, letters another size: what was read stays where it was, not only
   * the first row, since the rows between have other heights now. Who is at the end stays there by the browser itself.
   */
  private showReading(scroller: HTMLElement, scrolled: number): void {
    const { reading } = this;
    if (reading !== null && -this.lastTop > END_ZONE) {
      moveBy(scroller, distanceToPoint(scroller, reading) + scrolled);
      this.written = scroller.scrollTop;
    }
    this.remember("history");
  }

  /** How far the reader has scrolled in this very frame, in px: the event of it comes with the next one. */
  private scrolledOn(scroller: HTMLElement): number {
    const distance = scroller.scrollTop - this.lastTop;
    const above = scroller.scrollHeight - scroller.clientHeight + scroller.scrollTop;
    // Further down, and yet at the very top: that was the browser, since the content has become lower.
    return distance > 0 && above <= 1 ? 0 : distance;
  }

  private readonly onScroll = () => {
    const scroller = this.props.scroller.current;
    // Another size that nobody was told of yet: where the browser put the view then is not what its reader came to see.
    if (scroller === null || this.props.still || this.takeSize(scroller)) return;
    const isOwn = scroller.scrollTop === this.written;
    this.written = null;
    if (!isOwn) this.touched = null;
    this.remember(isOwn ? "history" : "reader");
  };

  private readonly onTouch = ({ target }: Event) => {
    this.touched = (target as Element).closest(".parley-row");
    this.remember("reader");
  };

  /** `by`: who has brought what is in view there. While the view has another size, the history takes nobody's point away. */
  private remember(by: "reader" | "history"): void {
    const scroller = this.props.scroller.current;
    // The list is going away: what was remembered before counts.
    if (scroller === null) return;
    const rows = this.props.rows();
    this.last = takeAnchor(scroller, rows);
    this.lastTop = scroller.scrollTop;
    const size = sizeOf(scroller);
    if (by === "history" && size !== this.readingSize && this.reading?.row.isConnected === true) return;
    this.reading = takeReadingPoint(scroller, rows, this.touched);
    this.readingSize = size;
  }

  /** `scrolled`: by so many px the reader moved on since the anchor was taken; that is not to be taken back. */
  private restore(anchor: Anchor | null, fromEnd: number, scrolled: number): void {
    const scroller = this.props.scroller.current;
    if (scroller === null || anchor === null || fromEnd <= 1) return;
    const before = scroller.scrollTop;
    moveBy(scroller, drift(scroller, anchor) + scrolled);
    if (scroller.scrollTop !== before) this.written = scroller.scrollTop;
  }

  override render(): ReactNode {
    return this.props.children;
  }
}
