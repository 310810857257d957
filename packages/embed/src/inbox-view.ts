export { Inbox } from "@parley/react";
