import type { InsertRow, LoadRow, Spread, Summary } from "./summarize.ts";

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The tables of a summary, as text; the screen and the document show the same. */
export function makeTables({ inserts, loads }: Summary): Table[] {
  const names = [...new Set(loads.map(({ load }) => load))];
  return [
    {
      title: "PostgreSQL alone: the same rows, one connection, each statement flushed",
      head: ["rows a statement", "rows/s", "statement p50 ms", "p99 ms", "PostgreSQL µs/row"],
      rows: inserts.map(insertCells),
    },
    ...names.map((name) => {
      const rows = loads.filter(({ load }) => load === name);
      const floor = rows.find(({ system }) => system === "echo");
      return {
        title: `${name.endsWith("/s") ? "Open loop" : "Closed loop"}, ${name}`,
        head: [
          "",
          "acked/s",
          "ack p50",
          "p95",
          "p99 ms",
          "delivered p50",
          "p95",
          "p99 ms",
          "server µs",
          "PostgreSQL µs",
          "× floor",
          "failed",
        ],
        rows: rows.map((row) => loadCells(row, floor)),
      };
    }),
  ];
}

const LABELS: Readonly<Record<string, string>> = {
  echo: "floor: no database",
  parley: "Parley",
  naive: "naive baseline",
};

const insertCells = ({ rows, perSecond, p50, p99, postgresCpu }: InsertRow): string[] => [
  String(rows),
  show(perSecond, 0),
  show(p50),
  show(p99),
  show(postgresCpu, 0),
];

function loadCells(row: LoadRow, floor: LoadRow | undefined): string[] {
  const { system, perSecond, ack, delivered, serverCpu, postgresCpu, refused, unanswered } = row;
  const failed = refused + unanswered;
  return [
    LABELS[system] ?? system,
    show(perSecond, 0),
    show(ack.p50),
    show(ack.p95),
    show(ack.p99),
    show(delivered.p50),
    show(delivered.p95),
    show(delivered.p99),
    show(serverCpu, 0),
    system === "echo" ? "" : show(postgresCpu, 0),
    ratio(row, floor),
    failed === 0 ? "0" : `${refused} refused, ${unanswered} unanswered`,
  ];
}

/** The server's CPU time a message, as a multiple of what Socket.IO alone takes at this load. */
function ratio({ serverCpu }: LoadRow, floor: LoadRow | undefined): string {
  if (serverCpu === null || !floor?.serverCpu) return "";
  return (serverCpu.median / floor.serverCpu.median).toFixed(1);
}

function show(spread: Spread | null, digits = 1): string {
  if (spread === null) return "";
  const text = (value: number) =>
    value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return spread.min === spread.max
    ? text(spread.median)
    : `${text(spread.median)} (${text(spread.min)}–${text(spread.max)})`;
}

/** For the screen, in columns. */
export function toText({ title, head, rows }: Table): string {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  return [title, line(head), ...rows.map(line), ""].join("\n");
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
