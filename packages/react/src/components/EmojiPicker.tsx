import { type KeyboardEvent, useId, useRef, useState } from "react";
import { useLaterLabels } from "../hooks/useLaterLabels.ts";
import { moveInGrid } from "../emoji/grid-keys.ts";
import type { Emoji, EmojiGroup } from "../emoji/load-emoji.ts";
import { searchEmoji } from "../emoji/search-emoji.ts";
import { type SkinTone, withTone } from "../emoji/skin-tone.ts";
import { useEmoji } from "../emoji/useEmoji.ts";
import { classNames } from "./class-names.ts";
import { SkinTones, useSkinTone } from "./SkinTones.tsx";

export interface EmojiPickerProps {
  readonly onPick: (sign: string) => void;
  /** Hands and people in the tone that the person chose; without it in that for everybody. */
  readonly toned?: boolean;
  readonly className?: string;
}

const FOUND_AT_MOST = 80;
const nothing: readonly EmojiGroup[] = [];

/** All emoji: a search field, the groups, and one group or what was found as a grid that Arrow keys move through. */
export function EmojiPicker({ onPick, toned = false, className }: EmojiPickerProps) {
  const labels = useLaterLabels();
  const groups = useEmoji(true) ?? nothing;
  const [query, setQuery] = useState("");
  const [group, setGroup] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const id = useId();
  const searching = query.trim() !== "";
  const chosenTone = useSkinTone();
  const tone = toned ? chosenTone : "";
  const { name, emoji } = searching
    ? { name: labels.searchEmoji, emoji: searchEmoji(groups, query, FOUND_AT_MOST) }
    : (groups[group] ?? { name: labels.emojiGroups, emoji: [] });
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    const [first] = emoji;
    if (event.key === "Enter" && searching && first !== undefined) onPick(withTone(first.sign, tone));
    else grid.current?.querySelector("button")?.focus();
  };
  return (
    <div className={classNames("parley-picker", className)}>
      <div className="parley-picker-top">
        <input
          type="search"
          className="parley-picker-search"
          aria-label={labels.searchEmoji}
          placeholder={labels.searchEmoji}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onSearchKey}
        />
        {toned && <SkinTones />}
      </div>
      <div ref={grid} id={id} role="tabpanel" className="parley-picker-panel" aria-label={name}>
        <EmojiGrid emoji={emoji} tone={tone} onPick={onPick} />
        <p className="parley-picker-empty" role="status">
          {groups.length > 0 && emoji.length === 0 ? labels.noEmoji : null}
        </p>
      </div>
      <GroupTabs
        groups={groups}
        selected={searching ? null : group}
        panelId={id}
        onSelect={(index) => {
          setQuery("");
          setGroup(index);
          grid.current?.scrollTo(0, 0);
        }}
      />
    </div>
  );
}

interface EmojiGridProps {
  readonly emoji: readonly Emoji[];
  readonly tone: SkinTone;
  readonly onPick: (sign: string) => void;
}

/** One tab stop; the rest by Arrow keys. */
function EmojiGrid({ emoji, tone, onPick }: EmojiGridProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it hands the keys on to its buttons
    <div className="parley-picker-grid" onKeyDown={moveInGrid}>
      {emoji.map(({ sign, name }, index) => (
        <button
          key={sign}
          type="button"
          className="parley-emoji"
          tabIndex={index === 0 ? 0 : -1}
          aria-label={name}
          title={name}
          onClick={() => onPick(withTone(sign, tone))}
        >
          {withTone(sign, tone)}
        </button>
      ))}
    </div>
  );
}

interface GroupTabsProps {
  readonly groups: readonly EmojiGroup[];
  readonly selected: number | null;
  readonly panelId: string;
  readonly onSelect: (index: number) => void;
}

function GroupTabs({ groups, selected, panelId, onSelect }: GroupTabsProps) {
  const labels = useLaterLabels();
  return (
    <div
      role="tablist"
      tabIndex={-1}
      className="parley-picker-groups"
      aria-label={labels.emojiGroups}
      onKeyDown={moveInGrid}
    >
      {groups.map(({ name, emoji }, index) => (
        <button
          key={name}
          type="button"
          role="tab"
          className="parley-emoji"
          tabIndex={index === (selected ?? 0) ? 0 : -1}
          aria-selected={index === selected}
          aria-controls={panelId}
          aria-label={name}
          title={name}
          onClick={() => onSelect(index)}
        >
          {emoji[0]?.sign}
        </button>
      ))}
    </div>
  );
}
