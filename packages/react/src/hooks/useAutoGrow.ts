import { type RefObject, useLayoutEffect } from "react";

/** Lets a text field grow with its text where the browser does not (`field-sizing: content`). CSS bounds the height. */
export function useAutoGrow(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null || globalThis.CSS?.supports?.("field-sizing", "content")) return;
    element.style.height = "auto";
    if (text !== "") element.style.height = `${element.scrollHeight}px`;
  }, [field, text]);
}
