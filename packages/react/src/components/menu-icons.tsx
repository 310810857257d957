import { Icon } from "./icons.tsx";

export const TrashIcon = () => (
  <Icon>
    <path d="M4 6h12M8.2 6V4.4h3.6V6M5.6 6l.7 9.6h7.4l.7-9.6" />
  </Icon>
);
export const CopyIcon = () => (
  <Icon>
    <rect x="7" y="7" width="9" height="9" rx="2" />
    <path d="M4.5 12.5A1.5 1.5 0 0 1 4 11.4V5.8C4 4.8 4.8 4 5.8 4h5.6c.5 0 .9.2 1.1.5" />
  </Icon>
);
export const LinkIcon = () => (
  <Icon>
    <path d="M8.4 11.6a3 3 0 0 0 4.3 0l2.4-2.4a3 3 0 0 0-4.3-4.3l-.9.9M11.6 8.4a3 3 0 0 0-4.3 0l-2.4 2.4a3 3 0 0 0 4.3 4.3l.9-.9" />
  </Icon>
);
export const InfoIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="6.6" />
    <path d="M10 9.4v3.8M10 6.8h.01" />
  </Icon>
);
