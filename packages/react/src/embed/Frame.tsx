import type { ReactNode, Ref } from "react";
import { useChat } from "../chat-context.ts";
import { classNames } from "../components/class-names.ts";

export interface FrameProps {
  readonly className: string | undefined;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLDivElement>;
}

/** The edge between a host's page and the kit: language, direction, theme and density as the provider says. */
export function Frame({ className, children, ref }: FrameProps) {
  const { locale, appearance } = useChat();
  const { theme, density, dir } = appearance;
  return (
    <div
      ref={ref}
      className={classNames("parley-frame", className)}
      lang={locale}
      dir={dir}
      data-theme={theme}
      data-density={density}
    >
      {children}
    </div>
  );
}
