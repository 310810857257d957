import { indexedDbOutbox } from "./indexeddb-outbox-store.ts";
import { openSocketIo } from "./open-socket-io.ts";
import { sessionOver } from "./session.ts";
import { openTabs } from "./tabs.ts";

/** How a page's client speaks live, keeps what is unsent, and shares it with other tabs. A file of its own: see page-ports-later.ts. */
export const pagePorts = { openSession: sessionOver(openSocketIo), openStore: indexedDbOutbox, openTabs };
