import type { ProcessBus } from "./process-bus.ts";

/** Driver of a process that is the only one: there is nobody to tell. */
export const noProcessBus: ProcessBus = {
  publish: () => {},
  onNote: () => {},
  onGap: () => {},
  isWhole: true,
  close: async () => {},
};
