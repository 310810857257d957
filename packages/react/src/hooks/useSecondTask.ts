import { useEffect, useState } from "react";

/** True from the second task on, so that the first one is short; `already`: at once, as where no document is. */
export function useSecondTask(already: boolean): boolean {
  const [came, setCame] = useState(already || typeof document === "undefined");
  useEffect(() => {
    if (came) return;
    const timer = setTimeout(() => setCame(true));
    return () => clearTimeout(timer);
  }, [came]);
  return came;
}
