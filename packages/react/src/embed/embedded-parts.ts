import { createPart } from "../part.ts";

/** `Inbox`, fetched when it is shown. */
export const inbox = createPart(async () => (await import("./Inbox.tsx")).Inbox);

/** `Chatbox`, fetched when it is shown. */
export const chatbox = createPart(async () => (await import("./Chatbox.tsx")).Chatbox);
