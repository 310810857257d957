import { useMemo } from "react";
import { parseText } from "../parse-text.ts";

/** The text as it was written, its direction by its first letters, its links safe to follow. */
export function MessageText({ content }: { content: string }) {
  const segments = useMemo(() => parseText(content), [content]);
  return (
    <p className="parley-text" dir="auto">
      {segments.map((segment, index) =>
        segment.kind === "text" ? (
          segment.text
        ) : (
          // Segments of one text never change their order.
          <a key={index} href={segment.href} target="_blank" rel="noopener noreferrer nofollow">
            {segment.text}
          </a>
        ),
      )}
    </p>
  );
}
