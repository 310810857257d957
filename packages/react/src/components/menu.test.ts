// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import { placeMenuAt } from "./menu.ts";

const MENU = 300;

/** An element that stands there, in px. */
function standing(className: string, top: number, height: number): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  vi.spyOn(element, "getBoundingClientRect").mockReturnValue(new DOMRect(100, top, 200, height));
  return element;
}

/** Where the menu opens whose button lies on the upper edge of a message. */
function topFor(message: { top: number; height: number }): number {
  Object.assign(window, { innerHeight: 800, innerWidth: 1_000 });
  const row = standing("parley-row", message.top, message.height);
  const button = standing("", message.top - 10, 30);
  row.append(button);
  const menu = standing("", 0, MENU);
  placeMenuAt(menu, button);
  return Number.parseFloat(menu.style.top);
}

it("leaves the message in sight: below it, else above", () => {
  expect(topFor({ top: 100, height: 60 })).toBe(166);
  expect(topFor({ top: 600, height: 60 })).toBe(600 - MENU - 6);
});

it("stands beside the button where the message leaves no room, inside the window", () => {
  expect(topFor({ top: 50, height: 700 })).toBe(76);
  expect(topFor({ top: -500, height: 1_500 })).toBe(6);
});

it("opens at a point that was pressed, above it at the lower edge", () => {
  const menu = standing("", 0, MENU);
  placeMenuAt(menu, { x: 10, y: 20 });
  expect(menu.style.top).toBe("20px");
  placeMenuAt(menu, { x: 10, y: 700 });
  expect(menu.style.top).toBe("400px");
});
