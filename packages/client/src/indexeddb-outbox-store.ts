import { completeEntry, type EarlierEntry, type OpenOutboxStore } from "./outbox-store.ts";
import type { OutboxMessage } from "./state.ts";

const databaseName = "parley";
const storeName = "outbox";

type Row = EarlierEntry & { scope: string };

/** An outbox in the browser's IndexedDB; a put resolves when its transaction is complete. */
export const indexedDbOutbox: OpenOutboxStore = (scope) => {
  const database = openDatabase();
  // Whoever uses the store hears of the failure; nobody else has to.
  database.catch(() => undefined);
  const inScope = IDBKeyRange.bound([scope, ""], [scope, "\uffff"]);

  return {
    readAll: async () => {
      const rows = (await run(await database, "readonly", (store) => store.getAll(inScope))) as Row[];
      return rows.map(toEntry);
    },
    put: async (entry) => {
      await run(await database, "readwrite", (store) => store.put({ ...entry, scope } satisfies Row));
    },
    remove: async (clientMessageId) => {
      await run(await database, "readwrite", (store) => store.delete([scope, clientMessageId]));
    },
    close: () => {
      database.then((open) => open.close()).catch(() => undefined);
    },
  };
};

function toEntry(row: Row): OutboxMessage {
  const { scope: _, ...entry } = row;
  return completeEntry(entry);
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1);
    request.addEventListener("upgradeneeded", () => {
      request.result.createObjectStore(storeName, { keyPath: ["scope", "clientMessageId"] });
    });
    request.addEventListener("success", () => {
      const database = request.result;
      // Another tab wants to change or delete the database: do not stand in its way.
      database.addEventListener("versionchange", () => database.close());
      resolve(database);
    });
    request.addEventListener("error", () => reject(request.error));
  });
}

function run(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(storeName, mode, { durability: "strict" });
    const request = work(transaction.objectStore(storeName));
    transaction.addEventListener("complete", () => resolve(request.result));
    transaction.addEventListener("error", () => reject(transaction.error));
    transaction.addEventListener("abort", () => reject(transaction.error));
  });
}
