import type { Page } from "playwright-core";

/** Notes from now on, in every frame, which properties are moving in the page. Returns how to read them; each once. */
export async function watchMotion(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const moved = new Set<string>();
    (globalThis as unknown as { movedProperties: Set<string> }).movedProperties = moved;
    const propertiesOf = (animation: Animation): string[] => {
      if (animation instanceof CSSTransition) return [animation.transitionProperty];
      const frames = (animation.effect as KeyframeEffect | null)?.getKeyframes() ?? [];
      const own = new Set(["offset", "computedOffset", "easing", "composite"]);
      return frames.flatMap((frame) => Object.keys(frame).filter((key) => !own.has(key)));
    };
    const look = () => {
      for (const animation of document.getAnimations()) {
        // One that takes no time shows its end at once.
        const { duration } = animation.effect?.getComputedTiming() ?? {};
        if (Number(duration) > 1) for (const property of propertiesOf(animation)) moved.add(property);
      }
      requestAnimationFrame(look);
    };
    look();
  });
  return () => page.evaluate(() => [...(globalThis as unknown as { movedProperties: Set<string> }).movedProperties]);
}
