import { useAppLabels } from "./app-labels.ts";
import { Choice } from "./Choice.tsx";
import { changePreferences, usePreferences } from "./preferences.ts";

/** Language and appearance. */
export function PreferenceChoices() {
  const labels = useAppLabels();
  const { locale, theme } = usePreferences();
  return (
    <>
      <Choice
        legend={labels.language}
        value={locale}
        options={[
          { value: "de", text: "Deutsch", lang: "de" },
          { value: "en", text: "English", lang: "en" },
        ]}
        onChange={(value) => changePreferences({ locale: value })}
      />
      <Choice
        legend={labels.theme}
        value={theme}
        options={(["light", "dark", "auto"] as const).map((value) => ({ value, text: labels.themes[value] }))}
        onChange={(value) => changePreferences({ theme: value })}
      />
    </>
  );
}
