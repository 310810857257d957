import { Icon } from "./icons.tsx";

export const ReplyIcon = () => (
  <Icon>
    <path d="M8.2 5 4 9.2l4.2 4.2M4.4 9.2h6.4c3 0 5.2 1.9 5.2 5.3v.5" />
  </Icon>
);
export const SmileIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="6.6" />
    <path d="M7.2 11.8c.7 1 1.6 1.5 2.8 1.5s2.1-.5 2.8-1.5M7.8 8h.01M12.2 8h.01" />
  </Icon>
);
export const PlusIcon = () => (
  <Icon>
    <path d="M10 4.8v10.4M4.8 10h10.4" />
  </Icon>
);
export const UpIcon = () => (
  <Icon>
    <path d="M5 12.5 10 7.5l5 5" />
  </Icon>
);
