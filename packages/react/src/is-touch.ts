/** Whether fingers are all that this device is used with: there a focused field brings up a keyboard, and Enter breaks the line. */
export const isTouch = (): boolean => window.matchMedia?.("(hover: none) and (pointer: coarse)").matches ?? false;
