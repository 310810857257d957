import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface EmptyStateProps {
  readonly title: string;
  readonly hint?: string;
  readonly className?: string;
  readonly children?: ReactNode;
}

/** Says what is missing and what to do. */
export function EmptyState({ title, hint, className, children }: EmptyStateProps) {
  return (
    <div className={classNames("parley-empty", className)}>
      <svg className="parley-empty-picture" viewBox="0 0 120 88" aria-hidden="true" focusable="false">
        <path
          className="parley-empty-back"
          d="M48 8h48a18 18 0 0 1 18 18v18a18 18 0 0 1-18 18h-2v14L78 62H48a18 18 0 0 1-18-18V26A18 18 0 0 1 48 8z"
        />
        <path
          className="parley-empty-front"
          d="M22 26h38a16 16 0 0 1 16 16v14a16 16 0 0 1-16 16H40L26 84V72h-4A16 16 0 0 1 6 56V42a16 16 0 0 1 16-16z"
        />
        <path className="parley-empty-line" d="M22 45h36M22 55h22" />
      </svg>
      <p className="parley-empty-title">{title}</p>
      {hint !== undefined && <p className="parley-empty-hint">{hint}</p>}
      {children}
    </div>
  );
}
