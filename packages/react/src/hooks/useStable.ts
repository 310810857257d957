import { useRef } from "react";

/** The object of the first render, as long as the later ones say the same: hosts write such props in place. */
export function useStable<Value extends object | undefined>(value: Value): Value {
  const kept = useRef(value);
  if (!isSame(kept.current, value, 2)) kept.current = value;
  return kept.current;
}

/** The same values, in objects down to `depth`. */
function isSame(a: unknown, b: unknown, depth: number): boolean {
  if (Object.is(a, b)) return true;
  if (depth === 0 || !isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isSame(a[key], b[key], depth - 1));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
