import { chromium as launcher } from "playwright-core";
import { findProgram } from "../../../scripts/find-programs.mjs";
import { CHROMIUM_ARGS } from "../browser.ts";
import { asSource, type Engine, mayBeMissing, VIEW } from "./engine.ts";

const path = findProgram("chromium");

export const chromium: Engine = {
  name: "Chromium",
  missing: mayBeMissing(path),
  open: async () => {
    const browser = await launcher.launch({ executablePath: path ?? "", args: CHROMIUM_ARGS });
    const page = await browser.newPage({ viewport: VIEW, locale: "en-GB" });
    return {
      goto: async (url) => void (await page.goto(url)),
      evaluate: async (work, input) => JSON.parse(await page.evaluate<string>(`(${asSource(work, input)})()`)),
      close: () => browser.close(),
    };
  },
};
