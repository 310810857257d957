export { Chatbox } from "@parley/react";
