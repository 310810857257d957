/** What the page around us knows about the network and about being looked at. */
export interface Environment {
  isVisible(): boolean;
  /** Calls back when the network returns or the page is looked at again. Returns how to stop. */
  onReturn(callback: () => void): () => void;
}

/** The browser's; elsewhere always visible, and nothing ever returns. */
export const pageEnvironment: Environment = {
  isVisible: () => typeof document === "undefined" || document.visibilityState === "visible",
  onReturn: (callback) => {
    if (typeof window === "undefined") return () => undefined;
    const look = () => {
      if (document.visibilityState === "visible") callback();
    };
    window.addEventListener("online", callback);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("online", callback);
      document.removeEventListener("visibilitychange", look);
    };
  },
};
