// Loaded into the server by this harness alone (node --import): the product carries no test code. Told over the process's
// IPC channel, it moves the clock, or ends the process at a chosen moment of the next change.
import { createRequire } from "node:module";
import { Socket } from "node:net";

const require = createRequire(process.argv[1]);
const pg = require("pg");

/** "before-commit" | "after-commit" | "before-acknowledgement" | "before-event", null: nothing happens. */
let failPoint = null;
let aheadMs = 0;

const die = () => process.kill(process.pid, "SIGKILL");

process.on("message", (told) => {
  if ("failPoint" in told) failPoint = told.failPoint;
  if ("aheadMs" in told) aheadMs = told.aheadMs;
});
process.channel?.unref();
// Whoever breaks things is gone: nobody would stop it any more.
process.on("disconnect", die);

const systemNow = Date.now.bind(Date);
globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [Date.now()] : args, newTarget),
});
Date.now = () => systemNow() + aheadMs;

const isCommit = (config) => config === "COMMIT" || config?.name === "append_messages";

const { query } = pg.Client.prototype;
pg.Client.prototype.query = function meddlingQuery(config, ...rest) {
  if (failPoint === "before-commit" && isCommit(config)) die();
  const result = query.call(this, config, ...rest);
  if (failPoint !== "after-commit" || !isCommit(config) || typeof result?.then !== "function") return result;
  return result.then(() => {
    die();
    return new Promise(() => {});
  });
};

/** Socket.IO packets as they go out: 43… is an acknowledgement, 42["name",… an event. */
const isAcknowledgement = (text) => /43\d*\[\{"ok":true,"message"/.test(text);
const isNews = (text) => text.includes('42["message:');

const { write } = Socket.prototype;
Socket.prototype.write = function meddlingWrite(chunk, ...rest) {
  if (failPoint === "before-acknowledgement" || failPoint === "before-event") {
    const text = String(chunk);
    if (isAcknowledgement(text)) {
      if (failPoint === "before-acknowledgement") die();
      setImmediate(die);
    } else if (failPoint === "before-event" && isNews(text)) {
      // The acknowledgement is on its way, and this event never will be. Its sender goes on: it would never write again else.
      const written = rest.at(-1);
      if (typeof written === "function") setImmediate(written);
      return true;
    }
  }
  return write.call(this, chunk, ...rest);
};
