import {
  type ComponentType,
  type RefCallback,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { Part } from "../part.ts";

const none = () => null;

/** The part's component, null until it is here; no server renders it. Fetching it is left to others: see the hooks below. */
export function useLoadedPart<Props>(part: Part<Props>): ComponentType<Props> | null {
  return useSyncExternalStore(part.subscribe, part.get, none);
}

/** A part that is on screen: fetched from the first render, and again by `retry` and when the network is back. */
export function usePart<Props>(part: Part<Props>) {
  const Component = useLoadedPart(part);
  const [failed, setFailed] = useState(false);
  const retry = useCallback(() => {
    setFailed(false);
    part.load().catch(() => setFailed(true));
  }, [part]);
  useEffect(() => {
    retry();
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [retry]);
  return { Component, failed, retry };
}

/**
 * A part that is called on, as a menu is: mounted from the first call, which waits until it is here. Of several calls before
 * that the last one counts. `onMissing` hears that it could not be fetched; the next call tries again.
 */
export function useCalledPart<Props, Handle>(part: Part<Props>, onMissing: () => void) {
  const Loaded = useLoadedPart(part);
  const [called, setCalled] = useState(false);
  const handle = useRef<Handle>(null);
  const waiting = useRef<((handle: Handle) => void) | null>(null);
  const missing = useRef(onMissing);
  missing.current = onMissing;
  const ref = useCallback<RefCallback<Handle>>((now) => {
    handle.current = now;
    if (now === null) return;
    const call = waiting.current;
    waiting.current = null;
    call?.(now);
  }, []);
  const call = useCallback(
    (what: (handle: Handle) => void) => {
      if (handle.current !== null) return what(handle.current);
      waiting.current = what;
      setCalled(true);
      part.load().catch(() => {
        waiting.current = null;
        missing.current();
      });
    },
    [part],
  );
  return { Component: called ? Loaded : null, ref, call };
}

/** How long a browser that has much to do, or tells nothing of idle time, is left alone, in ms. */
const LATER_MS = 2_000;

/** Fetches parts that are likely to be needed, once the browser has nothing else to do; keep the list the same. */
export function usePartsAhead(parts: readonly Pick<Part<unknown>, "load">[], ready: boolean): void {
  useEffect(() => {
    if (!ready) return;
    // What cannot be fetched now is asked for again when it is needed.
    const load = () => parts.forEach((part) => part.load().catch(() => {}));
    if (typeof requestIdleCallback !== "function") {
      const timer = setTimeout(load, LATER_MS);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(load, { timeout: LATER_MS });
    return () => cancelIdleCallback(idle);
  }, [parts, ready]);
}
