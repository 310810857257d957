import type { CDPSession, Page } from "playwright-core";

/**
 * Collects what changes outside of the composer in the tasks of its keys, as "class: kind of change". What others bring in
 * between does not count.
 */
export async function watchKeys(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const changes: string[] = [];
    Object.assign(globalThis, { changes });
    const observer = new MutationObserver((records) => records.forEach(note));
    const note = ({ target, type }: MutationRecord) => {
      const element = target instanceof Element ? target : target.parentElement;
      if (element?.closest(".parley-composer") === null) changes.push(`${element.className}: ${type}`);
    };
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      observer.takeRecords().forEach(note);
      observer.disconnect();
    });
    port1.start();
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    document.addEventListener("beforeinput", () => observer.observe(document.body, all), { capture: true });
    document.addEventListener("input", () => port2.postMessage(null), { capture: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { changes: string[] }).changes);
}

interface Painted {
  readonly name: string;
  readonly args?: { readonly data?: { readonly nodeName?: string } };
}

/** What Chromium painted during the work: the elements that its stacking is made of, each once. */
export async function paintedDuring(session: CDPSession, work: () => Promise<unknown>): Promise<string[]> {
  const names = new Set<string>();
  session.on("Tracing.dataCollected", ({ value }) => {
    for (const { name, args } of value as unknown as Painted[]) {
      if (name === "Paint") names.add(args?.data?.nodeName ?? "");
    }
  });
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["devtools.timeline"], excludedCategories: ["*"] },
  });
  await work();
  await session.send("Tracing.end");
  await complete;
  return [...names];
}
