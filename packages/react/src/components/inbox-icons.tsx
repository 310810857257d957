import { Icon } from "./icons.tsx";

export const BellOffIcon = () => (
  <Icon>
    <path d="M6.2 6.3A4 4 0 0 1 14 8c0 3 .9 4.2 1.6 5M12.6 13.5H4.4C5.2 12.6 6 11.4 6 8M8.5 16a1.7 1.7 0 0 0 3 0M4 4l12 12" />
  </Icon>
);
export const ArchiveIcon = () => (
  <Icon>
    <path d="M3.8 4.5h12.4v3H3.8zM5 7.5v8h10v-8M8.3 10.3h3.4" />
  </Icon>
);
