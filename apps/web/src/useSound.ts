import { useEffect } from "react";
import { usePreferences } from "./preferences.ts";
import { allowSound } from "./sound.ts";

/** Once sounds were asked for, the first click or key in the page allows them again after a reload. */
export function useSound(): void {
  const { sound } = usePreferences();
  useEffect(() => {
    if (!sound) return;
    const events = ["pointerdown", "keydown"] as const;
    const allow = () => {
      allowSound();
      for (const name of events) window.removeEventListener(name, allow, true);
    };
    for (const name of events) window.addEventListener(name, allow, true);
    return () => {
      for (const name of events) window.removeEventListener(name, allow, true);
    };
  }, [sound]);
}
