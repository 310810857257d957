import { classNames } from "./class-names.ts";

/** The day, sticking to the top while its messages pass. */
export function DateSeparator({
  id,
  at,
  text,
  className,
}: {
  id?: string;
  at: string;
  text: string;
  className?: string;
}) {
  return (
    <div className={classNames("parley-date", className)}>
      <time id={id} dateTime={at}>
        {text}
      </time>
    </div>
  );
}
