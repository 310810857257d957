import type { Page } from "playwright-core";

/**
 * What can be pressed but is smaller than `least` px in either direction: a line for each. As WCAG 2.5.8 has it, links
 * within a text are left out, and so is what lies in a larger label; a text field is pressed anywhere in its frame.
 */
export function smallTargets(page: Page, least: number): Promise<string[]> {
  return page.evaluate((least) => {
    const targets = [...document.querySelectorAll<HTMLElement>("a[href], button, input, [role=menuitem]")];
    // What a finger cannot press at all is for keys and screen readers.
    const isShown = (element: Element) =>
      getComputedStyle(element).pointerEvents !== "none" &&
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.getClientRects().length > 0;
    const isInText = (element: Element) => element.localName === "a" && element.closest("p") !== null;
    const box = (element: HTMLElement) => (element.closest("label") ?? element).getBoundingClientRect();
    return targets
      .filter((element) => isShown(element) && !isInText(element))
      .filter((element) => {
        const { width, height } = box(element);
        return Math.min(width, height) < least - 0.5;
      })
      .map((element) => {
        const { width, height } = box(element);
        const name = element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 30);
        return `<${element.localName} class="${element.className}"> "${name}" is ${Math.round(width)} × ${Math.round(height)} px`;
      });
  }, least);
}
