// Loaded into a server under test with --import: says what it holds when asked over the IPC channel.
const { gc } = globalThis;

process.on("message", (question) => {
  if (question !== "measure") return;
  // The first collection runs finalizers, whose garbage the second one takes.
  for (let n = 0; n < 2; n += 1) gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const resources = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  process.send?.({ heapUsed, external, rss, resources });
});
process.channel?.unref();
