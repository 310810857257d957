import { Avatar, useSelf } from "@parley/react";
import { useId, useRef, useState } from "react";
import { useAppLabels } from "./app-labels.ts";
import { PreferenceChoices } from "./PreferenceChoices.tsx";
import { SettingsChoices } from "./SettingsChoices.tsx";
import { go } from "./place.ts";
import { type Session, signOut } from "./session.ts";

export interface SettingsMenuProps {
  readonly session: Session;
  readonly onHelp: () => void;
}

/** Who I am here, and how I like it. */
export function SettingsMenu({ session, onHelp }: SettingsMenuProps) {
  const labels = useAppLabels();
  const self = useSelf();
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [wasWanted, setWasWanted] = useState(false);
  const help = () => {
    panel.current?.hidePopover();
    onHelp();
  };
  return (
    <>
      <button type="button" className="settings-button" popoverTarget={id} aria-expanded={open}>
        {self !== null && <span>{self.name.split(" ")[0]}</span>}
        <span className="parley-hidden">{labels.settings}</span>
        {self === null ? (
          <span className="parley-avatar parley-avatar-small settings-nobody" />
        ) : (
          <Avatar user={self} size="small" />
        )}
      </button>
      <div
        ref={panel}
        id={id}
        className="settings"
        popover="auto"
        onBeforeToggle={() => setWasWanted(true)}
        onToggle={(event) => setOpen(event.newState === "open")}
      >
        {wasWanted && <Panel session={session} onHelp={help} />}
      </div>
    </>
  );
}

/** What stands in it, made when somebody wants to see it. */
function Panel({ session, onHelp }: SettingsMenuProps) {
  const labels = useAppLabels();
  const self = useSelf();
  const leave = () => {
    signOut();
    go("/sign-in");
  };
  return (
    <>
      {self !== null && (
        <div className="settings-person">
          <Avatar user={self} />
          <p>
            <strong>{self.name}</strong>
            <span>{labels.roles[self.role ?? ""] ?? self.role}</span>
          </p>
        </div>
      )}
      <PreferenceChoices />
      <SettingsChoices />
      <div className="settings-actions settings-shortcuts">
        <button type="button" className="parley-button" onClick={onHelp}>
          {labels.shortcuts}
        </button>
      </div>
      {session.kind === "demo" && (
        <div className="settings-actions">
          <a className="parley-button" href="/sign-in" target="_blank" rel="noopener">
            {labels.openSecondWindow}
          </a>
          <button type="button" className="parley-button" onClick={leave}>
            {labels.switchPerson}
          </button>
        </div>
      )}
    </>
  );
}
