import { type KeyboardEvent, type Ref, useId, useLayoutEffect, useRef, useState } from "react";
import { useChat } from "../chat-context.ts";
import { classNames } from "../components/class-names.ts";
import { CloseIcon } from "../components/icons.tsx";
import { ShownPart } from "../components/ShownPart.tsx";
import { Skeleton } from "../components/Skeleton.tsx";
import { useUnreadCount } from "../hooks/useUnreadCount.ts";
import { chatbox, inbox } from "./embedded-parts.ts";
import { Frame } from "./Frame.tsx";
import { useControlled } from "./useControlled.ts";

export interface PopupProps {
  /** Whether it is open, when the host holds it. Else the popup holds it. */
  readonly open?: boolean | undefined;
  readonly defaultOpen?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** One conversation instead of all of them. */
  readonly conversationId?: string | undefined;
  /** A word beside the button, until it is dismissed or the popup was opened. */
  readonly teaser?: string | undefined;
  readonly className?: string;
}

/**
 * A button in the corner of the page, and the messages over it: every page of a host has the button, what is behind it is fetched
 * when somebody is about to open it. Its place in the stack is `--parley-z-index`.
 */
export function Popup(props: PopupProps) {
  const { conversationId, teaser, className } = props;
  const [open, setOpen] = useControlled(props.open, props.defaultOpen ?? false, props.onOpenChange);
  const launcher = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  const id = useId();
  useFocusHandedOver(open, panel, launcher);
  return (
    <Frame className={classNames("parley-popup", className)}>
      {open && <Panel ref={panel} id={id} conversationId={conversationId} onClose={() => setOpen(false)} />}
      {!open && <Teaser key={teaser} text={teaser} onOpen={() => setOpen(true)} />}
      <Launcher ref={launcher} panelId={id} open={open} conversationId={conversationId} onToggle={setOpen} />
    </Frame>
  );
}

interface PanelProps {
  readonly id: string;
  readonly conversationId: string | undefined;
  readonly onClose: () => void;
  readonly ref: Ref<HTMLElement>;
}

function Panel({ id, conversationId, onClose, ref }: PanelProps) {
  const { labels } = useChat();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== "Escape" || event.defaultPrevented || isTakenWithin(event)) return;
    event.stopPropagation();
    onClose();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-element-to-interactive-role -- Escape closes it from anywhere within
    <section
      ref={ref}
      id={id}
      className="parley-popup-panel"
      role="dialog"
      aria-label={labels.conversations}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <header className="parley-popup-bar">
        <h2>{labels.conversations}</h2>
        <button type="button" className="parley-icon-button" aria-label={labels.closeMessages} onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      <PanelContent conversationId={conversationId} />
    </section>
  );
}

function PanelContent({ conversationId }: { conversationId: string | undefined }) {
  const { labels } = useChat();
  const waiting = <Skeleton of="conversations" label={labels.connecting} />;
  if (conversationId === undefined) return <ShownPart part={inbox} props={{}} waiting={waiting} />;
  return <ShownPart part={chatbox} props={{ conversationId }} waiting={waiting} />;
}

/** A menu, a dialog or the list of messages within takes the Escape first. */
function isTakenWithin({ currentTarget, target }: KeyboardEvent<HTMLElement>): boolean {
  if ((target as Element).closest(".parley-scroller") !== null) return true;
  return currentTarget.querySelector(":popover-open, dialog[open]") !== null;
}

interface LauncherProps {
  readonly panelId: string;
  readonly open: boolean;
  readonly conversationId: string | undefined;
  readonly onToggle: (open: boolean) => void;
  readonly ref: Ref<HTMLButtonElement>;
}

function Launcher({ panelId, open, conversationId, onToggle, ref }: LauncherProps) {
  const { labels } = useChat();
  const unread = useUnreadCount(conversationId);
  // What fails here is tried again, and said, when it is opened.
  const loadAhead = () => void (conversationId === undefined ? inbox : chatbox).load().catch(() => {});
  const action = open ? labels.closeMessages : labels.openMessages;
  return (
    <button
      ref={ref}
      type="button"
      className="parley-popup-launcher"
      aria-label={unread > 0 ? `${action} (${labels.unread(unread)})` : action}
      aria-expanded={open}
      aria-controls={open ? panelId : undefined}
      onClick={() => onToggle(!open)}
      onPointerEnter={loadAhead}
      onFocus={loadAhead}
    >
      {open ? <CloseIcon /> : <LauncherIcon />}
      {unread > 0 && !open && (
        <span className="parley-badge" aria-hidden="true">
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </button>
  );
}

const LauncherIcon = () => (
  <svg className="parley-popup-icon" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true" focusable="false">
    <path d="M7 4h10a4 4 0 0 1 4 4v5a4 4 0 0 1-4 4h-3.5L8 21v-4H7a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4z" />
  </svg>
);

function Teaser({ text, onOpen }: { text: string | undefined; onOpen: () => void }) {
  const { labels } = useChat();
  const [dismissed, setDismissed] = useState(false);
  if (text === undefined || text === "" || dismissed) return null;
  return (
    <div className="parley-popup-teaser">
      <button type="button" className="parley-popup-teaser-text" dir="auto" onClick={onOpen}>
        {text}
      </button>
      <button
        type="button"
        className="parley-icon-button"
        aria-label={labels.dismissTeaser}
        onClick={() => setDismissed(true)}
      >
        <CloseIcon />
      </button>
    </div>
  );
}

/** The focus goes into the panel when it opens, and back to the button when it closes. */
function useFocusHandedOver(
  open: boolean,
  panel: { readonly current: HTMLElement | null },
  launcher: { readonly current: HTMLElement | null },
): void {
  const before = useRef(open);
  // At once, so that the next key goes there already.
  useLayoutEffect(() => {
    if (before.current === open) return;
    before.current = open;
    (open ? panel : launcher).current?.focus();
  }, [open, panel, launcher]);
}
