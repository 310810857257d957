import type { Page } from "playwright-core";

interface Node {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
}

/** What a screen reader is given of the page: a line "role: name" for each thing that has a name, in the order of reading. */
export async function spokenTree(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send("Accessibility.getFullAXTree")) as { nodes: readonly Node[] };
  await session.detach();
  return nodes
    .filter(({ ignored, name }) => !ignored && (name?.value ?? "") !== "")
    .map(({ role, name }) => `${role?.value}: ${name?.value}`)
    .filter((line) => !line.startsWith("InlineTextBox"));
}

/** Why nobody could see where the focus is; null when it is well seen. */
export function hiddenFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return "Nothing has the focus.";
    const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
    const choiceOf = (box: Element) => (box instanceof HTMLInputElement ? box.nextElementSibling : null);
    const name = `<${element.localName} class="${element.className}">`;
    if (width === 0 || height === 0 || bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth)
      return `${name} is out of sight.`;
    const [x, y] = [
      (Math.max(left, 0) + Math.min(right, innerWidth)) / 2,
      (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2,
    ];
    const above = document.elementFromPoint(x, y);
    if (above !== null && !element.contains(above) && !above.contains(element)) return `${name} is covered.`;
    // Fields show it by the frame around them, choices by the words beside them.
    const marked = [
      element,
      ...[element.parentElement, element.parentElement?.parentElement, choiceOf(element)].filter((box) => box != null),
    ];
    // The history's frame lies over it.
    const looks = marked.flatMap((box) => [getComputedStyle(box), getComputedStyle(box, "::after")]);
    const isMarked = looks.some(
      ({ content, outlineStyle, outlineWidth, boxShadow }) =>
        content !== "none" &&
        ((outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== "none"),
    );
    return isMarked ? null : `${name} has no mark.`;
  });
}
