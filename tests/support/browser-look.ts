import type { Page } from "playwright-core";

/** What of the page can be scrolled sideways: the page itself, or a part of it. Empty when all is well. */
export function scrollsSideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element) => {
      const { overflowX } = getComputedStyle(element);
      const isScroller = element === document.documentElement || /auto|scroll/.test(overflowX);
      return isScroller && element.scrollWidth > element.clientWidth && element.clientWidth > 0;
    };
    return [...document.querySelectorAll("*")]
      .filter(scrolls)
      .map((element) => `<${element.localName} class="${element.className}"> ${element.scrollWidth} px`);
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
