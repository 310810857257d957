const firstWait = 1_000;
const longestWait = 30_000;

/** How long to wait after a failure, in ms, when `before` was the wait after the one before it; 0: there was none. */
export const longerWait = (before: number): number => Math.min(before * 2 || firstWait, longestWait);
