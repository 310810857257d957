import { useId, useRef, useState, useSyncExternalStore } from "react";
import { useLaterLabels } from "../hooks/useLaterLabels.ts";
import { type SkinTone, skinTones, withTone } from "../emoji/skin-tone.ts";
import { toneStore } from "../emoji/tone-store.ts";

/** The tone of hands and people that was chosen last, in this browser. */
export const useSkinTone = (): SkinTone => useSyncExternalStore(toneStore.subscribe, toneStore.get, toneStore.get);

const HAND = "\u{270B}";

/** A hand that shows the tone, and behind it all of them. Choosing closes it; the choice is remembered. */
export function SkinTones() {
  const labels = useLaterLabels();
  const tone = useSkinTone();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const nameOf = (index: number) => labels.skinTones[index] ?? "";
  const now = nameOf(skinTones.indexOf(tone));
  return (
    <div className="parley-tones">
      <button
        ref={button}
        type="button"
        className="parley-emoji"
        aria-label={labels.skinToneIs(now)}
        title={labels.skinToneIs(now)}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {withTone(HAND, tone)}
      </button>
      <div id={id} role="group" aria-label={labels.skinTone} hidden={!open} className="parley-tones-all">
        {skinTones.map((one, index) => (
          <button
            key={one}
            type="button"
            className="parley-emoji"
            aria-label={nameOf(index)}
            title={nameOf(index)}
            aria-pressed={one === tone}
            onClick={() => {
              toneStore.set(one);
              setOpen(false);
              button.current?.focus();
            }}
          >
            {withTone(HAND, one)}
          </button>
        ))}
      </div>
    </div>
  );
}
