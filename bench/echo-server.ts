// The floor: Socket.IO alone. A message is answered and passed on to both people, and stored nowhere.
import { createServer } from "node:http";
import { Server } from "socket.io";

const httpServer = createServer();
const io = new Server(httpServer, { serveClient: false, perMessageDeflate: false });
let seq = 0;

io.on("connection", (socket) => {
  for (const conversationId of (socket.handshake.auth["token"] as string).split(",")) void socket.join(conversationId);
  socket.on("message:send", (input: { conversationId: string }, answer: (result: unknown) => void) => {
    seq += 1;
    const createdAt = new Date().toISOString();
    const message = {
      id: input.conversationId,
      seq,
      version: seq,
      senderId: "somebody",
      kind: "text",
      ...input,
      createdAt,
    };
    io.to(input.conversationId).emit("message:new", message);
    answer({ ok: true, message });
  });
});
httpServer.listen(Number(process.env["PORT"]), "127.0.0.1");
