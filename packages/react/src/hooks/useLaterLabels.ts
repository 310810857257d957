import { useMemo } from "react";
import { useChat } from "../chat-context.ts";
import type { Labels } from "../labels/labels.ts";
import { laterCatalogue } from "../labels/later-catalogue.ts";
import type { LaterLabels } from "../labels/later-labels.ts";
import { overrideLabels } from "../labels/override-labels.ts";

/** All texts, for parts that come after the first view: this brings the words along that are theirs alone. */
export function useLaterLabels(): Labels & LaterLabels {
  const { locale, labels, overrides } = useChat();
  return useMemo(
    () => overrideLabels({ ...laterCatalogue[locale], ...labels }, overrides),
    [locale, labels, overrides],
  );
}
