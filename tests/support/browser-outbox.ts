import type { Page } from "playwright-core";

/** The texts that this browser keeps on its disk, waiting to be sent, in the order of writing. */
export function keptTexts(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open("parley", 1);
        opening.addEventListener("error", () => reject(opening.error));
        opening.addEventListener("success", () => {
          const database = opening.result;
          const reading = database.transaction("outbox").objectStore("outbox").getAll();
          reading.addEventListener("success", () => {
            database.close();
            resolve(reading.result.map(({ content }: { content: string }) => content));
          });
        });
      }),
  );
}
