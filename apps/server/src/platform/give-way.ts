/** How long work may keep the event loop before it lets others run, in milliseconds. */
const STRETCH_MS = 4;

/**
 * For work in many small pieces that nobody waits for: await the result between two pieces, and whatever came in
 * meanwhile runs first whenever a stretch was long enough.
 */
export function createGiveWay(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < STRETCH_MS) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        began = performance.now();
        resolve();
      });
    });
  };
}
