export interface Table {
  readonly scenario: string;
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** For the screen, in columns. */
export function toText({ title, head, rows }: Table): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((one, column) => (column === 0 ? one.padEnd(widths[0] ?? 0) : one.padStart(widths[column] ?? 0)))
      .join("  ");
  return ["", title, line(head), ...rows.map(line)].join("\n");
}

/** For the document. */
export function toMarkdown({ title, head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    `### ${title}`,
    "",
    line(head),
    `|${head.map((_, index) => (index === 0 ? "---|" : "---:|")).join("")}`,
    ...rows.map(line),
    "",
  ].join("\n");
}
