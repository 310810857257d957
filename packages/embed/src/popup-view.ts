export { Popup } from "@parley/react";
