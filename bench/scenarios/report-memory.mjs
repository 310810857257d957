// Loaded into a server under measurement: says on request how much memory is in use right after a garbage collection.
process.on("message", async (message) => {
  if (message !== "memory") return;
  for (let n = 0; n < 3; n += 1) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { rss, heapUsed: heap, external } = process.memoryUsage();
  process.send({ rss, heap, external });
});
// Whoever measures may be killed: then nobody else ends this server.
process.once("disconnect", () => process.exit());
// The channel must not keep a stopping server alive.
process.channel.unref();
