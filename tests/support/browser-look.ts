import type { Page } from "playwright-core";

/** What does not fit into the page's width: can be scrolled sideways, is cut off, or stands out. Empty when all is well. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // What is shortened with an ellipsis, and what only screen readers see, may be longer.
    const mayBeLonger = (element: Element | null): boolean => {
      if (element === null) return false;
      const { overflowX, textOverflow, clipPath } = getComputedStyle(element);
      // A strip of choices is swiped, or walked through by keys.
      if (element.localName === "fieldset" && overflowX === "auto") return true;
      if (clipPath !== "none" || (overflowX !== "visible" && textOverflow === "ellipsis")) return true;
      return mayBeLonger(element.parentElement);
    };
    const isTooWide = (element: Element) => {
      const isInline = getComputedStyle(element).display === "inline";
      const overflows = !isInline && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
      return overflows || element.getBoundingClientRect().right > innerWidth + 1;
    };
    return [...document.querySelectorAll("body, body *")]
      .filter((element) => isTooWide(element) && !mayBeLonger(element))
      .map((element) => `<${element.localName} class="${element.getAttribute("class")}"> ${element.scrollWidth} px`);
  });
}

/** Whether light text stands on dark ground, as the page is shown now. */
export function isDark(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
    const lightness = (color: string) => {
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
      return (
        context
          .getImageData(0, 0, 1, 1)
          .data.slice(0, 3)
          .reduce((sum, part) => sum + part, 0) / 765
      );
    };
    const { color } = getComputedStyle(document.body);
    const { backgroundColor } = getComputedStyle(document.documentElement);
    const [text, ground] = [lightness(color), lightness(backgroundColor)];
    if (Math.abs(text - ground) < 0.4) throw new Error(`Text ${color} can hardly be seen on ${backgroundColor}.`);
    return text > ground;
  });
}
