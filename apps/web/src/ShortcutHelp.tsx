import { type Ref, useId, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { useAppLabels } from "./app-labels.ts";
import { changePreferences, usePreferences } from "./preferences.ts";
import { Switch } from "./Switch.tsx";

export interface ShortcutHelpHandle {
  open(): void;
}

/** All keys of the app in one place. */
export function ShortcutHelp({ ref }: { ref: Ref<ShortcutHelpHandle> }) {
  const labels = useAppLabels();
  const { singleKeys, enterSends } = usePreferences();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  // Made when it is asked for: it is long, and most never open it.
  const [asked, setAsked] = useState(0);
  useImperativeHandle(ref, () => ({ open: () => setAsked((times) => times + 1) }), []);
  useLayoutEffect(() => {
    if (asked === 0) return;
    dialog.current?.showModal();
    // The first thing that takes the focus by itself stands at the end: a low window would begin there.
    heading.current?.focus();
  }, [asked]);
  if (asked === 0) return null;
  const { keys } = labels;
  const newLine = enterSends ? [keys.shift, "Enter"] : ["Enter"];
  const send = enterSends ? ["Enter"] : [keys.control, "Enter"];
  return (
    <dialog ref={dialog} className="parley-dialog shortcuts" aria-labelledby={id}>
      <h2 ref={heading} id={id} tabIndex={-1}>
        {labels.shortcuts}
      </h2>
      <div className="shortcuts-groups">
        <Keys
          title={labels.everywhere}
          rows={[
            [labels.keySearch, [keys.control, "K"]],
            [labels.keyNext, ["Alt", "↓"]],
            [labels.keyPrevious, ["Alt", "↑"]],
            [labels.keyHelp, [keys.control, "/"]],
          ]}
        />
        <Keys
          title={labels.inTheList}
          rows={[
            [labels.keyMove, ["↑", "↓"]],
            [labels.keyEnds, [keys.home, keys.end]],
            [labels.keyMenu, [keys.shift, "F10"]],
          ]}
        />
        <Keys
          title={labels.inTheHistory}
          rows={[
            [labels.keyMessage, ["↑", "↓"]],
            [labels.keyEnds, [keys.home, keys.end]],
            [labels.keyMessageMenu, ["Enter"]],
            [labels.keyReply, ["R"]],
            [labels.keyReact, ["E"]],
            [labels.keyToField, ["Esc"]],
          ]}
        />
        <Keys
          title={labels.whileWriting}
          rows={[
            [labels.keySend, send],
            [labels.keyNewLine, newLine],
            [labels.keyEditLast, ["↑"]],
            [labels.keyCancel, ["Esc"]],
            [labels.keyToHistory, ["F6"]],
          ]}
        />
      </div>
      <Switch
        text={labels.singleKeys}
        hint={labels.singleKeysHint}
        checked={singleKeys}
        onChange={(value) => changePreferences({ singleKeys: value })}
      />
      <div className="parley-dialog-buttons">
        <button type="button" className="parley-button" onClick={() => dialog.current?.close()}>
          {labels.close}
        </button>
      </div>
    </dialog>
  );
}

function Keys({ title, rows }: { title: string; rows: readonly (readonly [string, readonly string[]])[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {rows.map(([text, keys]) => (
          <div key={text}>
            <dt>{text}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
