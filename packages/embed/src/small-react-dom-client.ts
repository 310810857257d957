import { type ComponentChild, render } from "preact";

export function createRoot(container: Element): { render(child: ComponentChild): void; unmount(): void } {
  return {
    render: (child) => render(child, container),
    unmount: () => render(null, container),
  };
}
