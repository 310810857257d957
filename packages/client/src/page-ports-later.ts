import { ChatError } from "./chat-error.ts";
import type { LiveSession, OpenSession } from "./live-session.ts";
import type { OpenOutboxStore, OutboxStore } from "./outbox-store.ts";
import type { pagePorts } from "./page-ports.ts";
import { loneTab, type OpenTabs } from "./tabs-alone.ts";

let loading: Promise<typeof pagePorts> | null = null;

/**
 * What no first view of a page needs, since HTTP brings that: fetched while the first answers are on their way. Rejects when it cannot
 * be had; asked again, it tries again.
 */
export function loadPagePorts(): Promise<typeof pagePorts> {
  loading ??= import("./page-ports.ts").then(
    (module) => module.pagePorts,
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** Without its code it is a session that could not be opened: it is tried again, and answers come over HTTP meanwhile. */
export const openSessionLater: OpenSession = (ports, token, handlers) => {
  let session: LiveSession | null = null;
  let isOver = false;
  // Whoever takes it sees why there is none.
  token.catch(() => undefined);
  loadPagePorts().then(
    ({ openSession }) => {
      if (!isOver) session = openSession(ports, token, handlers);
    },
    () => {
      if (!isOver) handlers.failed(new ChatError("No socket could be opened.", null));
    },
  );
  return {
    get isOpen() {
      return session?.isOpen === true;
    },
    request: (name, input) =>
      session?.request(name, input) ?? Promise.reject(new ChatError("There is no connection.", null)),
    close: () => {
      isOver = true;
      session?.close();
    },
  };
};

/** Without its code it is a disk that fails: messages are sent all the same. */
export const openStoreLater: OpenOutboxStore = (scope) => {
  let store: Promise<OutboxStore> | null = null;
  const opened = (): Promise<OutboxStore> => {
    store ??= loadPagePorts().then(
      ({ openStore }) => openStore(scope),
      (error: unknown) => {
        store = null;
        throw error;
      },
    );
    return store;
  };
  return {
    readAll: async () => await (await opened()).readAll(),
    put: async (entry) => await (await opened()).put(entry),
    remove: async (clientMessageId) => await (await opened()).remove(clientMessageId),
    close: () => {
      store?.then((open) => open.close()).catch(() => undefined);
    },
  };
};

/** Without its code this tab works alone: two of them may send the same then, and the server knows a repeat. */
export const openTabsLater: OpenTabs = (scope, onNews) => {
  const opened = loadPagePorts().then(
    ({ openTabs }) => openTabs(scope, onNews),
    () => loneTab(),
  );
  return {
    alone: async (task) => await (await opened).alone(task),
    tell: (news) => void opened.then((tabs) => tabs.tell(news)),
    close: () => void opened.then((tabs) => tabs.close()),
  };
};
