import { Component, type ReactNode, type RefObject } from "react";
import { type Anchor, drift, takeAnchor } from "./anchor.ts";

/** Nearer to the end than this counts as being there, in px. */
export const END_ZONE = 80;

export interface AnchorKeeperProps {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly rows: () => ArrayLike<Element>;
  /** The newest message is mounted and new ones show at once. */
  readonly following: boolean;
  /** Key of the last mounted row. */
  readonly endKey: string | null;
  /** Set to true to be taken to the end with the next update. */
  readonly goToEnd: RefObject<boolean>;
  /** After every update and every change of size. */
  readonly onSettled: () => void;
  readonly children: ReactNode;
}

interface Snapshot {
  readonly anchor: Anchor | null;
  readonly fromEnd: number;
}

/**
 * Holds what the reader looks at in its place, whatever is mounted, dropped or resized around it.
 * At the very end, and when older messages come in above, the browser does that by itself (column-reverse counts from the end):
 * then nothing is written. A class, since only `getSnapshotBeforeUpdate` may measure right before the change.
 */
export class AnchorKeeper extends Component<AnchorKeeperProps> {
  private observer: ResizeObserver | null = null;
  private last: Anchor | null = null;

  override componentDidMount(): void {
    const scroller = this.props.scroller.current;
    if (scroller === null) return;
    scroller.addEventListener("scroll", this.remember, { passive: true });
    if (typeof ResizeObserver === "undefined") return;
    this.observer = new ResizeObserver(this.onResize);
    this.observer.observe(scroller);
    if (scroller.firstElementChild !== null) this.observer.observe(scroller.firstElementChild);
  }

  override componentWillUnmount(): void {
    this.props.scroller.current?.removeEventListener("scroll", this.remember);
    this.observer?.disconnect();
  }

  override getSnapshotBeforeUpdate(): Snapshot {
    const scroller = this.props.scroller.current;
    if (scroller === null) return { anchor: null, fromEnd: 0 };
    return { anchor: takeAnchor(scroller, this.props.rows()), fromEnd: Math.abs(scroller.scrollTop) };
  }

  override componentDidUpdate(before: AnchorKeeperProps, _state: unknown, snapshot: Snapshot): void {
    const { following, endKey, goToEnd, scroller } = this.props;
    const grewAtEnd = before.following && following && before.endKey !== endKey && snapshot.fromEnd <= END_ZONE;
    if (scroller.current !== null) {
      if (goToEnd.current || grewAtEnd) scroller.current.scrollTop = 0;
      else this.restore(snapshot.anchor, snapshot.fromEnd);
    }
    goToEnd.current = false;
    this.remember();
    this.props.onSettled();
  }

  private readonly onResize = () => {
    const scroller = this.props.scroller.current;
    if (scroller !== null) this.restore(this.last, Math.abs(scroller.scrollTop));
    this.remember();
    this.props.onSettled();
  };

  private readonly remember = () => {
    const scroller = this.props.scroller.current;
    this.last = scroller === null ? null : takeAnchor(scroller, this.props.rows());
  };

  private restore(anchor: Anchor | null, fromEnd: number): void {
    const scroller = this.props.scroller.current;
    if (scroller === null || anchor === null || fromEnd <= 1) return;
    const delta = drift(scroller, anchor);
    // A write during momentum scrolling stops it on iOS: only when something really moved.
    if (Math.abs(delta) >= 0.5) scroller.scrollTop += delta;
  }

  override render(): ReactNode {
    return this.props.children;
  }
}
