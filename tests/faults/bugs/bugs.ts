import type { Invariant } from "../checks/invariants.ts";

/** A place in the compiled server that is changed; it must be there. */
interface Patch {
  /** Below the server's folder. */
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

/** A mistake that somebody could make. */
export interface Bug {
  readonly name: string;
  readonly patches: readonly Patch[];
  /** Any of these must be found broken. */
  readonly breaks: readonly Invariant[];
  /** What it takes to bring it out: these faults, nothing but people, or a reader that stands still. */
  readonly faults: RegExp | null | "a stalled reader";
  readonly seconds: number;
  /** 2: it is between servers, which need a Redis. One, when left out. */
  readonly servers?: 1 | 2;
}

const dist = (path: string): string => `dist/${path}`;

/** Who hears of a message is found out once for a conversation. */
const rememberRecipients: readonly Patch[] = [
  {
    file: dist("features/messages/create-message-appender.js"),
    find: "export function createMessageAppender",
    put: "const remembered = new Map();\nexport function createMessageAppender",
  },
  {
    file: dist("features/messages/create-message-appender.js"),
    find: "recipients.get(request.conversationId) ?? []",
    put: `remembered.get(request.conversationId) ??
        remembered.set(request.conversationId, recipients.get(request.conversationId) ?? []).get(request.conversationId)`,
  },
];

export const bugs: readonly Bug[] = [
  {
    name: "a message is acknowledged before it is flushed",
    patches: [
      { file: dist("platform/db/create-pool.js"), find: 'synchronous_commit: "on"', put: 'synchronous_commit: "off"' },
    ],
    breaks: ["I1", "I4"],
    faults: /PostgreSQL stops at once/,
    seconds: 20,
  },
  {
    name: "a change is told before it is committed",
    patches: [
      {
        file: dist("features/messages/change-message.js"),
        find: "const after = await judge(before, change)?.(tx);",
        put: `const after = await judge(before, change)?.(tx);
        if (after) {
            fanOut.toParticipants(after.conversation_id, after.recipients, "message:updated", presentMessage(after));
            await new Promise((resolve) => setTimeout(resolve, 200));
        }`,
      },
    ],
    breaks: ["I3", "I4"],
    faults: /PostgreSQL ends some/,
    seconds: 25,
  },
  {
    name: "who takes part is remembered, and revocations are not looked at",
    patches: [
      ...rememberRecipients,
      {
        file: dist("platform/realtime/socket-delivery.js"),
        find: "revocations.without(to.conversationId, userIds)",
        put: "userIds",
      },
    ],
    breaks: ["I10"],
    faults: null,
    seconds: 7,
  },
  {
    name: "a read position goes back when an older one comes late",
    patches: [
      {
        file: dist("features/receipts/store.js"),
        find: '"p.read_seq < mine.target"',
        put: '"p.read_seq <> mine.target"',
      },
    ],
    breaks: ["I7"],
    faults: null,
    seconds: 8,
  },
  {
    name: "a repeat is not known to be one",
    patches: [
      {
        file: "migrations/0002_conversations.sql",
        find: "CREATE UNIQUE INDEX messages_by_client_id ON messages (conversation_id, sender_id, client_message_id) NULLS NOT DISTINCT",
        put: "CREATE INDEX messages_by_client_id ON messages (conversation_id, sender_id, client_message_id)",
      },
      { file: "migrations/0008_message-extras.sql", find: ") m ON true\n", put: ") m ON false\n" },
    ],
    breaks: ["I2"],
    faults: null,
    seconds: 4,
  },
  {
    name: "what people write is stored as HTML",
    patches: [
      {
        file: dist("features/messages/create-message-appender.js"),
        find: "requests.map(({ content }) => content)",
        put: 'requests.map(({ content }) => content.replaceAll("<", "&lt;"))',
      },
    ],
    breaks: ["I3"],
    faults: null,
    seconds: 5,
  },
  {
    name: "a message that is edited moves to the end",
    patches: [
      {
        file: dist("features/messages/store.js"),
        find: "UPDATE conversations SET version = version + 1\n    WHERE id = (SELECT conversation_id FROM messages WHERE id = $1) RETURNING id, version",
        put: "UPDATE conversations SET version = version + 1, last_seq = last_seq + 1\n    WHERE id = (SELECT conversation_id FROM messages WHERE id = $1) RETURNING id, version, last_seq",
      },
      {
        file: dist("features/messages/store.js"),
        find: "changed(`content = $2, edited_at",
        put: "changed(`content = $2, seq = bumped.last_seq, edited_at",
      },
    ],
    breaks: ["I5"],
    faults: null,
    seconds: 8,
  },
  {
    name: "new messages are not told on the other server",
    patches: [
      {
        file: dist("platform/realtime/create-fan-out.js"),
        find: "sockets.deliver(note.to, note.frame);",
        put: 'note.frame.name !== "message:new" && sockets.deliver(note.to, note.frame);',
      },
    ],
    breaks: ["I1"],
    faults: null,
    seconds: 18,
    servers: 2,
  },
  {
    name: "each server remembers who takes part, and does not hear of it from the other",
    patches: [
      ...rememberRecipients,
      {
        file: dist("platform/realtime/create-fan-out.js"),
        find: "sockets.changeAccess(note);",
        put: "void note;",
      },
    ],
    breaks: ["I10"],
    faults: null,
    seconds: 15,
    servers: 2,
  },
  {
    name: "read positions that the other server tells are stored late, whatever has been read since",
    patches: [
      {
        file: dist("features/receipts/move-position.js"),
        find: "export async function movePosition(deps, actor, which, { conversationId, seq }) {",
        put: `const listening = new WeakSet();
const storePosition = {
    name: "store_position_of_other_server",
    text: "UPDATE participants SET read_seq = $3 WHERE conversation_id = $1 AND user_id = $2",
};
function storeLate({ db, processBus }) {
    if (listening.has(processBus)) return;
    listening.add(processBus);
    processBus.onNote((note) => {
        if (note.kind !== "event" || note.frame.name !== "receipt:updated") return;
        const { conversationId, userId, readSeq } = JSON.parse(note.frame.text.slice(1))[1];
        setTimeout(() => db.query(storePosition, [conversationId, userId, readSeq]).catch(() => {}), Math.random() * 1_000);
    });
}
export async function movePosition(deps, actor, which, { conversationId, seq }) {
    storeLate(deps);`,
      },
    ],
    breaks: ["I7"],
    faults: null,
    seconds: 10,
    servers: 2,
  },
  {
    name: "a catch-up leaves out what was deleted",
    patches: [
      {
        file: dist("features/sync/store.js"),
        find: "AND x.version > page.sent_version",
        put: "AND x.deleted_at IS NULL AND x.version > page.sent_version",
      },
    ],
    breaks: ["I8", "I9"],
    faults: /all connections are cut|half open/,
    seconds: 20,
  },
  {
    name: "a connection stays when its token has ended",
    patches: [{ file: dist("platform/realtime/expiry-wheel.js"), find: "onEnd(item);", put: "void item;" }],
    breaks: ["I11"],
    faults: null,
    seconds: 12,
  },
  {
    name: "anybody may open a conversation to hear who types",
    patches: [
      {
        file: dist("features/typing/join-conversation.js"),
        find: "await requireParticipant(deps, actor, conversationId);",
        put: "",
      },
    ],
    breaks: ["I12"],
    faults: null,
    seconds: 20,
  },
  {
    name: "pages of history are kept for two seconds",
    patches: [
      {
        file: dist("features/messages/list-messages.js"),
        find: "export async function listMessages({ db }, actor, { conversationId, query }) {",
        put: `const pages = new Map();
export async function listMessages(deps, actor, input) {
    const key = JSON.stringify([actor.userId, input]);
    const kept = pages.get(key);
    if (kept !== undefined && kept.until > Date.now()) return kept.page;
    const page = await readPage(deps, actor, input);
    pages.set(key, { page, until: Date.now() + 2_000 });
    return page;
}
async function readPage({ db }, actor, { conversationId, query }) {`,
      },
    ],
    breaks: ["I6"],
    faults: null,
    seconds: 15,
  },
  {
    name: "what waits for a reader has no bound",
    patches: [
      {
        file: dist("platform/realtime/bound-out-buffer.js"),
        find: "if (bytes > waitingBytes)",
        put: "if (bytes > 1_000 * waitingBytes)",
      },
    ],
    breaks: ["I14"],
    faults: "a stalled reader",
    seconds: 9,
  },
  {
    name: "the write path does not go on after the database was away",
    patches: [
      {
        file: dist("features/messages/append-lane.js"),
        find: "await this.#append(batch);",
        put: "await this.#append(batch).catch(() => new Promise(() => {}));",
      },
    ],
    breaks: ["I15"],
    faults: /backend/,
    seconds: 12,
  },
  {
    name: "a server that is told to stop ends at once",
    patches: [
      {
        file: dist("platform/shutdown.js"),
        find: 'logger.info({ signal }, "The server stops");',
        put: "process.exit(0);",
      },
    ],
    breaks: ["I16"],
    faults: /told to stop/,
    seconds: 25,
  },
];
