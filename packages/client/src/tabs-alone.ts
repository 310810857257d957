/** What the tabs of one user at one server share beside the outbox itself. */
export interface Tabs {
  /** Runs `task` while no other tab runs one; waits for its turn. */
  alone(task: () => Promise<void>): Promise<void>;
  /** Tells the other tabs. */
  tell(news: unknown): void;
  close(): void;
}

/** `onNews` hears what other tabs tell, never this one. `scope` is the same in every tab. */
export type OpenTabs = (scope: string, onNews: (news: unknown) => void) => Tabs;

/** Where there are no other tabs, or no way to them. */
export function loneTab(): Tabs {
  return { alone: (task) => task(), tell: () => undefined, close: () => undefined };
}
