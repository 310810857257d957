import { type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { useLaterLabels } from "../hooks/useLaterLabels.ts";
import { moveInGrid } from "../emoji/grid-keys.ts";
import { frequentEmoji } from "../emoji/frequent-emoji.ts";
import { withTone } from "../emoji/skin-tone.ts";
import { isTouch } from "../is-touch.ts";
import { classNames } from "./class-names.ts";
import { EmojiPicker } from "./EmojiPicker.tsx";
import { PlusIcon } from "./message-icons.tsx";
import { placeBeside } from "./place-beside.ts";
import { useSkinTone } from "./SkinTones.tsx";

/** What the chosen emoji is for. */
export interface EmojiPurpose {
  readonly title: string;
  /** Shown as chosen among the frequent ones. */
  readonly chosen: readonly string[];
  /** Begins with the frequent ones alone. */
  readonly short: boolean;
  /** In the skin tone that the person chose. A reaction has none: 👍 of several people is one. */
  readonly toned?: boolean;
  readonly pick: (sign: string) => void;
}

export interface EmojiPopoverHandle {
  open(anchor: HTMLElement | DOMRect, purpose: EmojiPurpose): void;
}

export interface EmojiPopoverProps {
  readonly className?: string;
  readonly ref: Ref<EmojiPopoverHandle>;
}

/** Emoji beside a button: the frequent ones, one tap away, and all of them behind a plus. Escape closes, the focus returns. */
export function EmojiPopover({ className, ref }: EmojiPopoverProps) {
  const popover = useRef<HTMLDivElement>(null);
  const anchor = useRef<HTMLElement | DOMRect>(null);
  const [purpose, setPurpose] = useState<EmojiPurpose | null>(null);
  const [all, setAll] = useState(false);
  useImperativeHandle(
    ref,
    () => ({
      open: (element, wanted) => {
        anchor.current = element;
        setPurpose(wanted);
        setAll(!wanted.short);
        popover.current?.showPopover();
      },
    }),
    [],
  );
  useLayoutEffect(() => {
    if (purpose === null) return;
    const place = () => placeAt(popover.current, anchor.current);
    place();
    // A keyboard on the screen would cover what was asked for.
    const first = all && !isTouch() ? "input" : "button";
    popover.current?.querySelector<HTMLElement>(first)?.focus({ preventScroll: true });
    // A keyboard that comes when somebody searches takes the room away that there was.
    window.addEventListener("resize", place);
    return () => window.removeEventListener("resize", place);
  }, [purpose, all]);
  const pick = (sign: string) => {
    popover.current?.hidePopover();
    purpose?.pick(sign);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it keeps keys from what is behind
    <div
      ref={popover}
      popover="auto"
      role="dialog"
      aria-label={purpose?.title}
      className={classNames("parley-emoji-popover", className)}
      onToggle={(event) => event.newState === "closed" && setPurpose(null)}
      // What is behind must not take the keys.
      onKeyDown={(event) => event.stopPropagation()}
    >
      {purpose !== null && <FrequentEmoji {...purpose} onPick={pick} onMore={all ? null : () => setAll(true)} />}
      {purpose !== null && all && <EmojiPicker onPick={pick} toned={purpose.toned ?? false} />}
    </div>
  );
}

/** An anchor that has gone meanwhile has no place any more: it stays where it is. */
function placeAt(popover: HTMLElement | null, anchor: HTMLElement | DOMRect | null): void {
  if (popover === null || anchor === null) return;
  if (anchor instanceof DOMRect) placeBeside(popover, anchor);
  else if (anchor.isConnected) placeBeside(popover, anchor.getBoundingClientRect());
}

interface FrequentEmojiProps extends Pick<EmojiPurpose, "chosen" | "toned"> {
  readonly onPick: (sign: string) => void;
  readonly onMore: (() => void) | null;
}

function FrequentEmoji({ chosen, toned = false, onPick, onMore }: FrequentEmojiProps) {
  const labels = useLaterLabels();
  const chosenTone = useSkinTone();
  const signs = frequentEmoji.map((sign) => withTone(sign, toned ? chosenTone : ""));
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it hands the keys on to its buttons
    <div className="parley-frequent" onKeyDown={moveInGrid}>
      {signs.map((sign) => (
        <button
          key={sign}
          type="button"
          className="parley-emoji"
          aria-pressed={chosen.includes(sign)}
          onClick={() => onPick(sign)}
        >
          {sign}
        </button>
      ))}
      {onMore !== null && (
        <button type="button" aria-label={labels.moreEmoji} title={labels.moreEmoji} onClick={onMore}>
          <PlusIcon />
        </button>
      )}
    </div>
  );
}
