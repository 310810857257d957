import { Fragment, type ReactNode, useMemo } from "react";
import type { Named } from "../rich-text/find-mentions.ts";
import type { Inline } from "../rich-text/parse-inline.ts";
import { type Block, parseRichText } from "../rich-text/parse-rich-text.ts";
import { classNames } from "./class-names.ts";

export interface MessageTextProps {
  readonly content: string;
  /** Who is mentioned. Keep it stable between renders. */
  readonly mentions?: readonly Named[];
  /** Whose mention stands out. */
  readonly selfId?: string | undefined;
  readonly className?: string;
}

const nobody: readonly Named[] = [];

/** The text with its emphasis, its direction by its first letters, its links safe to follow. Never HTML. */
export function MessageText({ content, mentions = nobody, selfId, className }: MessageTextProps) {
  const blocks = useMemo(() => parseRichText(content, mentions), [content, mentions]);
  const [only] = blocks;
  if (blocks.length === 1 && only?.kind === "paragraph") {
    return (
      <p className={classNames("parley-text", className)} dir="auto">
        {renderInlines(only.children, selfId)}
      </p>
    );
  }
  // Blocks and pieces of one text never change their order.
  return (
    <div className={classNames("parley-text", "parley-text-blocks", className)} dir="auto">
      {blocks.map((block, index) => (
        <Fragment key={index}>{renderBlock(block, selfId)}</Fragment>
      ))}
    </div>
  );
}

function renderBlock(block: Block, selfId: string | undefined): ReactNode {
  if (block.kind === "code") {
    return (
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines are scrolled by keys
      <pre tabIndex={0} dir="ltr">
        <code>{block.text}</code>
      </pre>
    );
  }
  if ("children" in block) {
    const children = renderInlines(block.children, selfId);
    return block.kind === "quote" ? <blockquote dir="auto">{children}</blockquote> : <p dir="auto">{children}</p>;
  }
  const items = block.items.map((item, index) => (
    <li key={index} dir="auto">
      {renderInlines(item, selfId)}
    </li>
  ));
  return block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
}

function renderInlines(inlines: readonly Inline[], selfId: string | undefined): ReactNode[] {
  return inlines.map((inline, index) => <Fragment key={index}>{renderInline(inline, selfId)}</Fragment>);
}

function renderInline(inline: Inline, selfId: string | undefined): ReactNode {
  switch (inline.kind) {
    case "text":
      return inline.text;
    case "code":
      return <code dir="ltr">{inline.text}</code>;
    case "link":
      return (
        <a href={inline.href} dir="ltr" target="_blank" rel="noopener noreferrer nofollow">
          {inline.text}
        </a>
      );
    case "mention":
      return (
        <bdi className="parley-mention" data-me={inline.userId === selfId}>
          {inline.text}
        </bdi>
      );
    case "bold":
      return <strong>{renderInlines(inline.children, selfId)}</strong>;
    case "italic":
      return <em>{renderInlines(inline.children, selfId)}</em>;
    case "strike":
      return <del>{renderInlines(inline.children, selfId)}</del>;
  }
}
