import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Pictures side by side on one sheet, and how wide each is there, in CSS px. */
const sheets = {
  375: { columns: 5, rows: 1, width: 280 },
  768: { columns: 3, rows: 1, width: 480 },
  1440: { columns: 2, rows: 2, width: 720 },
};

/**
 * Lays pictures of one size, theme and language onto contact sheets.
 * @param {import("playwright-core").Browser} browser
 * @param {string} folder where the sheets go
 * @param {{ name: string, width: number, theme: string, language: string, path: string }[]} taken
 */
export async function makeSheets(browser, folder, taken) {
  mkdirSync(folder, { recursive: true });
  for (const [key, pictures] of Object.entries(groupBy(taken))) {
    const { columns, rows, width } = sheets[pictures[0].width] ?? { columns: 3, rows: 1, width: 480 };
    for (let start = 0; start < pictures.length; start += columns * rows) {
      const page = await browser.newPage({ viewport: { width: columns * (width + 12) + 12, height: 600 } });
      const figures = pictures.slice(start, start + columns * rows).map(
        ({ name, path }) => `<figure><img width="${width}" src="data:image/png;base64,${readFileSync(path, "base64")}">
          <figcaption>${name}</figcaption></figure>`,
      );
      await page.setContent(`<style>body { display: flex; flex-wrap: wrap; gap: 12px; margin: 12px; background: #777; }
        figure { margin: 0; } img { display: block; } figcaption { color: #fff; font: 13px sans-serif; }</style>${figures.join("")}`);
      const number = String(1 + start / (columns * rows)).padStart(2, "0");
      await page.screenshot({ path: join(folder, `${key}-${number}.png`), fullPage: true });
      await page.close();
    }
  }
}

const keyOf = ({ width, theme, language }) => `${width}-${theme}-${language}`;

/** Node 20 has no Object.groupBy. */
function groupBy(list) {
  const groups = {};
  for (const item of list) (groups[keyOf(item)] ??= []).push(item);
  return groups;
}

/** Writes a picture as WebP, which the browser makes. */
export async function writeWebp(browser, from, to) {
  const page = await browser.newPage();
  const source = `data:image/png;base64,${readFileSync(from, "base64")}`;
  const data = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", 0.82).split(",")[1];
  }, source);
  writeFileSync(to, Buffer.from(data, "base64"));
  await page.close();
}
