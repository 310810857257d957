import { openTestSocket } from "../support/test-socket.ts";
import { type FuzzWorld, tokenOf } from "./fuzz-world.ts";

/** Two people who were not there before open a conversation, write to each other and read. Throws when that fails. */
export async function chatAsUsual({ server, host, as }: FuzzWorld): Promise<void> {
  const participants = [{ userId: "romeo" }, { userId: "juliet" }];
  const { conversation } = await host("openConversation", { body: { type: "group", participants } });
  const conversationId = conversation.id;
  const juliet = await openTestSocket(server.url, await tokenOf("juliet"));
  const romeo = await openTestSocket(server.url, await tokenOf("romeo"), { transports: ["polling"] });
  try {
    const sent = await romeo.ask("message:send", {
      conversationId,
      clientMessageId: crypto.randomUUID(),
      content: "Hi",
    });
    await juliet.heard("message:new", ({ id }) => id === sent.message.id);
    await juliet.ask("receipt:read", { conversationId, seq: sent.message.seq });
    await romeo.heard("receipt:updated", ({ userId, readSeq }) => userId === "juliet" && readSeq === sent.message.seq);
    const { messages } = await (await as("juliet"))("listMessages", { params: { id: conversationId } });
    if (messages.at(-1)?.content !== "Hi") throw new Error("The history lacks what was sent.");
  } finally {
    juliet.close();
    romeo.close();
  }
}
