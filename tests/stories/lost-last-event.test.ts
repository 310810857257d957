import type { ChatClient } from "@parley/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Clock, systemClock } from "../../apps/server/src/platform/clock.ts";
import { startServer, type TestServer } from "../support/start-server.ts";
import { openWindow, shown } from "../support/views.ts";

describe("a last event that never arrives", () => {
  let server: TestServer;
  let ana: ChatClient;
  let id: string;
  let jumped = 0;
  const clock: Clock = { ...systemClock, now: () => Date.now() + jumped };

  beforeAll(async () => {
    server = await startServer({ clock });
    const body = { type: "group", participants: [{ userId: "ana" }, { userId: "ben" }] };
    ({ id } = (await server.asHost("openConversation", { body })).conversation);
    ana = await server.client("ana");
    await openWindow(ana, id);
  });
  afterAll(() => server.stop());

  /** Committed, and told to nobody: as if the process had ended right after the commit. */
  const appendSilently = (content: string) =>
    server.sql(
      `SELECT append_messages(ARRAY[gen_random_uuid()], ARRAY[$1::uuid], ARRAY['ben'], ARRAY[$2], ARRAY['text'], ARRAY[$2],
         ARRAY[false], ARRAY[false], ARRAY[NULL::bigint], ARRAY[NULL::text])`,
      [id, content],
    );

  it("is noticed by the digest shortly after connecting", async () => {
    await appendSilently("lost at first");
    await shown(ana, id, "lost at first");
  });

  it("is noticed by the digest that comes at least once a minute", async () => {
    const socket = await server.socket("ana");
    await socket.heard("sync:digest");
    await appendSilently("lost later");
    jumped += 60_000;
    await shown(ana, id, "lost later");
    expect(await socket.heard("sync:digest", ({ versionSum }) => versionSum === 3)).toMatchObject({ conversations: 1 });
  });
});
