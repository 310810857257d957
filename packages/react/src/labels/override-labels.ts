import type { Labels } from "./labels.ts";

/** Single texts of a host, also within a group: `{ composer: "Write …", problem: { rate_limited: "Slower." } }`. */
export type LabelOverrides = {
  readonly [Key in keyof Labels]?: Labels[Key] extends string | ((...args: never) => unknown)
    ? Labels[Key]
    : Partial<Labels[Key]>;
};

/** The catalogue with the host's texts over it. */
export function overrideLabels(labels: Labels, overrides: LabelOverrides | undefined): Labels {
  if (overrides === undefined) return labels;
  const merged: Record<string, unknown> = { ...labels };
  for (const [key, value] of Object.entries(overrides)) {
    const ours = merged[key];
    if (value === undefined) continue;
    merged[key] = typeof ours === "object" ? { ...ours, ...(value as object) } : value;
  }
  return merged as unknown as Labels;
}
