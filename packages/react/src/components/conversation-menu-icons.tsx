import { Icon } from "./icons.tsx";

export const BellIcon = () => (
  <Icon>
    <path d="M6 8a4 4 0 0 1 8 0c0 3.4.8 4.6 1.6 5.5H4.4C5.2 12.6 6 11.4 6 8M8.5 16a1.7 1.7 0 0 0 3 0" />
  </Icon>
);
export const UnarchiveIcon = () => (
  <Icon>
    <path d="M3.8 10.5 5.4 4.5h9.2l1.6 6v5H3.8v-5h3.4l1 2h3.6l1-2h3.4M10 10V6.6M8.4 8 10 6.4 11.6 8" />
  </Icon>
);
export const UnreadIcon = () => (
  <Icon>
    <path d="M11.4 4.5H5.6a2 2 0 0 0-2 2v5a2 2 0 0 0 2 2h.6v2.7l3.3-2.7h4.9a2 2 0 0 0 2-2V9.7" />
    <circle cx="15.3" cy="5.6" r="1.8" fill="currentColor" />
  </Icon>
);
export const ReadIcon = () => (
  <Icon>
    <path d="M5.6 4.5h8.8a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H9.5l-3.3 2.7v-2.7h-.6a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2zM7.4 9.2l1.8 1.8 3.4-3.8" />
  </Icon>
);
export const OpenIcon = () => (
  <Icon>
    <path d="M8.5 4.8H5.8a2 2 0 0 0-2 2v7.4a2 2 0 0 0 2 2h7.4a2 2 0 0 0 2-2v-2.7M11.5 3.8h4.7v4.7M16 4l-6.5 6.5" />
  </Icon>
);
export const LeaveIcon = () => (
  <Icon>
    <path d="M8.2 4H5.5a1.5 1.5 0 0 0-1.5 1.5v9A1.5 1.5 0 0 0 5.5 16h2.7M12.5 6.5 16 10l-3.5 3.5M15.8 10H8" />
  </Icon>
);
