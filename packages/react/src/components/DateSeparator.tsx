import { classNames } from "./class-names.ts";

export interface DateSeparatorProps {
  readonly id?: string;
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
  readonly className?: string;
}

/** The day, sticking to the top while its messages pass. */
export function DateSeparator({ id, at, text, className }: DateSeparatorProps) {
  return (
    <div className={classNames("parley-date", className)}>
      <time id={id} dateTime={at}>
        {text}
      </time>
    </div>
  );
}
