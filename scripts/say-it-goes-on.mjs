const EVERY_MS = 15_000;

/**
 * Says what is being done, and again and again that it goes on: a silent terminal looks like one that hangs.
 * @template Result
 * @param {string} what in a few words, e.g. "Building"
 * @param {() => Promise<Result>} work
 * @param {{ everyMs?: number, say?: (line: string) => void }} [how]
 * @returns {Promise<Result>}
 */
export async function sayItGoesOn(what, work, { everyMs = EVERY_MS, say = console.log } = {}) {
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  say(`${what} …`);
  const timer = setInterval(() => say(`  still at it, for ${seconds()} s now`), everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
