/** One bar: its name, its value, the smallest and the largest round. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly isOurs: boolean;
  /** Drawn paler: it promises less. */
  readonly isPale: boolean;
}

export interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly Bar[];
}

const WIDTH = 760;
const LEFT = 250;
const RIGHT = 120;
const ROW = 30;
const TOP = 56;

/** Readable on light and on dark pages: the colours follow the reader's choice. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f; }
  .title { font-size: 15px; font-weight: 600; }
  .unit, .value { fill: #57606a; }
  .bar { fill: #8c959f; }
  .ours { fill: #0969da; }
  .pale { fill-opacity: 0.35; }
  .spread { stroke: #24292f; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .unit, .value { fill: #9198a1; }
    .bar { fill: #6e7681; }
    .ours { fill: #4493f8; }
    .spread { stroke: #e6edf3; }
  }`;

/** Draws horizontal bars from zero, with the spread over the rounds, as an SVG. */
export function drawChart({ title, unit, bars }: Chart): string {
  const most = Math.max(...bars.map(({ max }) => max));
  const scale = (value: number) => ((WIDTH - LEFT - RIGHT) * value) / most;
  const height = TOP + bars.length * ROW + 10;
  const rows = bars.map((bar, index) => drawBar(bar, TOP + index * ROW, scale));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escape(title)}">
<style>${STYLE}
</style>
<text class="title" x="0" y="18">${escape(title)}</text>
<text class="unit" x="0" y="38">${escape(unit)}</text>
${rows.join("\n")}
</svg>
`;
}

function drawBar({ label, value, min, max, isOurs, isPale }: Bar, y: number, scale: (value: number) => number): string {
  const middle = y + ROW / 2 - 4;
  const [from, to] = [LEFT + scale(min), LEFT + scale(max)].map((x) => x.toFixed(1));
  const text = value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 });
  return [
    `<text x="${LEFT - 10}" y="${middle + 5}" text-anchor="end">${escape(label)}</text>`,
    `<rect class="${isOurs ? "ours" : "bar"}${isPale ? " pale" : ""}" x="${LEFT}" y="${y}" width="${scale(value).toFixed(1)}" height="${ROW - 8}" rx="2"/>`,
    `<line class="spread" x1="${from}" x2="${to}" y1="${middle}" y2="${middle}"/>`,
    `<text class="value" x="${(Number(to) + 8).toFixed(1)}" y="${middle + 5}">${text}</text>`,
  ].join("\n");
}

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
