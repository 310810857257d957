import { ParleyChatbox } from "./parley-chatbox.tsx";
import { ParleyInbox } from "./parley-inbox.tsx";
import { ParleyPopup } from "./parley-popup.tsx";
import { nameParts } from "./parts.ts";
import { startPageApi } from "./page-api.ts";

nameParts();
define("parley-inbox", ParleyInbox);
define("parley-chatbox", ParleyChatbox);
define("parley-popup", ParleyPopup);
startPageApi();

/** The script may stand in a page twice. */
function define(name: string, element: CustomElementConstructor): void {
  if (customElements.get(name) === undefined) customElements.define(name, element);
}
