import type { ReactNode } from "react";

/** The frame of every icon: decoration, the name stands beside it. */
export function Icon({ children, viewBox = "0 0 20 20" }: { children: ReactNode; viewBox?: string }) {
  return (
    <svg
      className="parley-icon"
      viewBox={viewBox}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const SendIcon = () => (
  <Icon>
    <path d="M10 16V4.5M5 9.2 10 4.2l5 5" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon>
    <path d="m4.5 10.5 3.6 3.6 7.4-8.2" />
  </Icon>
);
export const BackIcon = () => (
  <Icon>
    <path d="M12 4.5 6.5 10l5.5 5.5" />
  </Icon>
);
export const DownIcon = () => (
  <Icon>
    <path d="M5 7.5 10 12.5l5-5" />
  </Icon>
);
export const MoreIcon = () => (
  <Icon>
    <path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="2.6" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="m5.5 5.5 9 9m0-9-9 9" />
  </Icon>
);
export const PencilIcon = () => (
  <Icon>
    <path d="M4 16l.8-3.4L13 4.4a1.6 1.6 0 0 1 2.3 0l.3.3a1.6 1.6 0 0 1 0 2.3l-8.2 8.2L4 16z" />
  </Icon>
);
export const LockIcon = () => (
  <Icon>
    <rect x="4.5" y="9" width="11" height="7.5" rx="2" />
    <path d="M7 9V6.8a3 3 0 0 1 6 0V9" />
  </Icon>
);
export const PinIcon = () => (
  <Icon>
    <path d="m12 3.6 4.4 4.4-2 .5-2.9 2.9-.3 3.2-5.8-5.8 3.2-.3 2.9-2.9zM8.3 11.7 4 16" />
  </Icon>
);
export const SearchIcon = () => (
  <Icon>
    <circle cx="9" cy="9" r="4.8" />
    <path d="m12.7 12.7 3.4 3.4" />
  </Icon>
);
export const PeopleIcon = () => (
  <Icon>
    <circle cx="7.5" cy="7.5" r="2.6" />
    <path d="M2.8 15.8c.4-2.6 2.2-4 4.7-4s4.3 1.4 4.7 4M12.6 5.2a2.5 2.5 0 0 1 0 4.7M14.6 12.2c1.5.5 2.4 1.8 2.7 3.6" />
  </Icon>
);

/** One tick: sent. Two: delivered. Two filled in the accent colour: read. A clock: waits. */
export const TickIcon = ({ status }: { status: "pending" | "sent" | "delivered" | "read" | "failed" }) => (
  <Icon viewBox="0 0 22 16">
    {status === "pending" && <path d="M11 4v4.2l2.6 1.6M11 1.8a6.2 6.2 0 1 0 0 12.4 6.2 6.2 0 0 0 0-12.4z" />}
    {status === "failed" && <path d="M11 1.8a6.2 6.2 0 1 0 0 12.4 6.2 6.2 0 0 0 0-12.4zM11 5v3.4M11 11h.01" />}
    {status === "sent" && <path d="m5.5 8.6 3.5 3.6 7-8" />}
    {(status === "delivered" || status === "read") && <path d="m1.8 8.6 3.5 3.6 7-8M9.8 11.3l1 .9 7-8" />}
  </Icon>
);
