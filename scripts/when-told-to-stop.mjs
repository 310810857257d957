const LOOK_EVERY_MS = 200;

/**
 * Calls back with "SIGINT", "SIGTERM" or "SIGHUP" for each wish to stop, the process then being ours to end. A SIGTERM to npm
 * ends npm and the shell between us, but does not reach us: we notice that our parent is gone.
 * @param {(signal: "SIGINT" | "SIGTERM" | "SIGHUP") => void} stop
 * @returns {() => void} ends the listening
 */
export function whenToldToStop(stop) {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, stop);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event === undefined || process.ppid === parent) return;
    clearInterval(watch);
    stop("SIGTERM");
  }, LOOK_EVERY_MS).unref();
  return () => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, stop);
  };
}
