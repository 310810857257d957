import { useChat, useChatState } from "@parley/react";
import { useState } from "react";
import { useAppLabels } from "./app-labels.ts";
import { Choice } from "./Choice.tsx";
import { changePreferences, usePreferences } from "./preferences.ts";
import { allowSound, playSound } from "./sound.ts";
import { Switch } from "./Switch.tsx";

/** How I like it here, on this device; and what holds on all of my devices. */
export function SettingsChoices() {
  const labels = useAppLabels();
  const { density, enterSends, sound } = usePreferences();
  const setSound = (value: boolean) => {
    changePreferences({ sound: value });
    if (!value) return;
    // This very click is the consent that browsers ask for; the sound says what was agreed to.
    allowSound();
    setTimeout(playSound, 60);
  };
  return (
    <>
      <Choice
        legend={labels.density}
        value={density}
        options={(["comfortable", "compact"] as const).map((value) => ({ value, text: labels.densities[value] }))}
        onChange={(value) => changePreferences({ density: value })}
      />
      <Choice
        legend={labels.enterKey}
        value={enterSends ? "sends" : "newLine"}
        options={(["sends", "newLine"] as const).map((value) => ({ value, text: labels.enterKeys[value] }))}
        onChange={(value) => changePreferences({ enterSends: value === "sends" })}
      />
      <Switch text={labels.sound} hint={labels.soundHint} checked={sound} onChange={setSound} />
      <ReadReceipts />
    </>
  );
}

/** A setting of the person, kept by the server. */
function ReadReceipts() {
  const labels = useAppLabels();
  const { client } = useChat();
  const settings = useChatState((state) => state.settings);
  const [failed, setFailed] = useState(false);
  const change = (readReceipts: boolean) => {
    setFailed(false);
    client.settings.change({ readReceipts }).catch(() => setFailed(true));
  };
  return (
    <>
      <Switch
        text={labels.readReceipts}
        hint={labels.readReceiptsHint}
        checked={settings?.readReceipts ?? true}
        disabled={settings === null}
        onChange={change}
      />
      <p className="settings-refusal" role="status">
        {failed ? labels.notSaved : ""}
      </p>
    </>
  );
}
