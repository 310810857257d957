export interface ComposerKey {
  readonly key: string;
  readonly keyCode: number;
  readonly isComposing: boolean;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export interface ComposerSituation {
  /** Not when the keyboard is on the screen, or the person wants it otherwise: then Enter makes a new line. */
  readonly enterSends: boolean;
  readonly empty: boolean;
  /** A message is being changed or answered. */
  readonly bound: boolean;
}

/** What a key in the composer asks for; null: leave it to the browser. */
export function composerAction(
  key: ComposerKey,
  situation: ComposerSituation,
): "submit" | "edit-last" | "cancel" | "leave" | null {
  if (isComposing(key)) return null;
  switch (key.key) {
    case "Enter":
      return sends(key, situation) ? "submit" : null;
    case "Escape":
      return situation.bound ? "cancel" : null;
    case "ArrowUp":
      return editsLast(key, situation) ? "edit-last" : null;
    case "F6":
      return isPlain(key) ? "leave" : null;
    default:
      return null;
  }
}

/** Enter that ends the composition of an input method is no Enter; Safari says so only by its key code. */
const isComposing = (key: ComposerKey) => key.isComposing || key.keyCode === 229;

const isPlain = (key: ComposerKey) => !(key.shiftKey || key.ctrlKey || key.metaKey || key.altKey);

const editsLast = (key: ComposerKey, situation: ComposerSituation) =>
  situation.empty && !situation.bound && isPlain(key);

/** Control or Command with Enter always sends. */
const sends = (key: ComposerKey, situation: ComposerSituation) =>
  key.ctrlKey || key.metaKey || (isPlain(key) && situation.enterSends);

/** Characters as people count them for the limit: code points. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
