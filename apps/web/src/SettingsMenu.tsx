import { Avatar, useSelf } from "@parley/react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useId, useRef, useState } from "react";
import { useAppLabels } from "./app-labels.ts";
import { PreferenceChoices } from "./PreferenceChoices.tsx";
import { SettingsChoices } from "./SettingsChoices.tsx";
import { signOut } from "./session.ts";

const route = getRouteApi("/inbox");

/** Who I am here, and how I like it. */
export function SettingsMenu({ onHelp }: { onHelp: () => void }) {
  const labels = useAppLabels();
  const self = useSelf();
  const { session } = route.useRouteContext();
  const navigate = useNavigate();
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const leave = () => {
    signOut();
    void navigate({ to: "/sign-in" });
  };
  return (
    <>
      <button type="button" className="settings-button" popoverTarget={id} aria-expanded={open}>
        {self !== null && <span>{self.name.split(" ")[0]}</span>}
        <span className="parley-hidden">{labels.settings}</span>
        <Avatar user={self ?? { id: "", name: "·", picture: null }} size="small" />
      </button>
      <div
        ref={panel}
        id={id}
        className="settings"
        popover="auto"
        onToggle={(event) => setOpen(event.newState === "open")}
      >
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
        <div className="settings-actions">
          <button
            type="button"
            className="parley-button"
            onClick={() => {
              panel.current?.hidePopover();
              onHelp();
            }}
          >
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
      </div>
    </>
  );
}
