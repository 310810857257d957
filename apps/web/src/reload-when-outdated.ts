const KEY = "parley:reloaded-at";
/** No second reload within this time, in ms: what the first one did not mend the next will not. */
const PAUSE_MS = 60_000;

/**
 * A page that was open while the server got a new version asks for files that are gone. It is loaded anew when the server indeed names
 * others now: drafts and what waits to be sent are stored. A network that failed is no reason. Vite tells of both.
 */
export function reloadWhenOutdated(): void {
  window.addEventListener("vite:preloadError", () => {
    void isOutdated().then((outdated) => {
      if (outdated && mayReload()) location.reload();
    });
  });
}

/** Whether the server's page begins with another script than this one did. */
async function isOutdated(): Promise<boolean> {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"]');
  if (script === null) return false;
  try {
    const response = await fetch("/sign-in", { cache: "no-store", headers: { accept: "text/html" } });
    return response.ok && !(await response.text()).includes(new URL(script.src).pathname);
  } catch {
    return false;
  }
}

/** Once in a while; never where that cannot be remembered. */
function mayReload(): boolean {
  try {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < PAUSE_MS) return false;
    sessionStorage.setItem(KEY, String(Date.now()));
    return true;
  } catch {
    return false;
  }
}
