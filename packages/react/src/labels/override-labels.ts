import type { Labels } from "./labels.ts";
import type { LaterLabels } from "./later-labels.ts";

type AllLabels = Labels & LaterLabels;

/** Single texts of a host, also within a group: `{ composer: "Write …", problem: { rate_limited: "Slower." } }`. */
export type LabelOverrides = {
  readonly [Key in keyof AllLabels]?: AllLabels[Key] extends string | ((...args: never) => unknown)
    ? AllLabels[Key]
    : Partial<AllLabels[Key]>;
};

/** The catalogue with the host's texts for it over it. */
export function overrideLabels<Words extends object>(labels: Words, overrides: LabelOverrides | undefined): Words {
  if (overrides === undefined) return labels;
  const merged = { ...labels } as Record<string, unknown>;
  for (const [key, value] of Object.entries(overrides)) {
    const ours = merged[key];
    if (value === undefined || ours === undefined) continue;
    merged[key] = typeof ours === "object" ? { ...ours, ...(value as object) } : value;
  }
  return merged as Words;
}
