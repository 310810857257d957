import type { TestServer } from "../start-server.ts";
import { waitUntil } from "../wait-until.ts";
import type { Engine, EngineWindow } from "./engine.ts";
import { isShown, mountedRows } from "./list-in-page.ts";

/** The list mounts so many rows when it opens, some at a time. */
const PAGE = 50;

/** A window in which Ana is signed in. */
export async function openAsAna({ open }: Engine, server: TestServer): Promise<EngineWindow> {
  const window = await open();
  await window.goto(`${server.url}/sign-in`);
  const session = { userId: "ana", token: await server.token("ana"), expiresAt: "2099-01-01T00:00:00.000Z" };
  await window.evaluate((_list, kept) => sessionStorage.setItem("parley:demo", JSON.stringify(kept)), session);
  return window;
}

/** Opens the conversation at its newest message: with something unread it would open there. */
export async function openAtEnd(window: EngineWindow, server: TestServer, id: string): Promise<void> {
  await server.asUser("ana")("markAllRead");
  await window.goto(`${server.url}/c/${id}`);
  await waitUntil(
    async () => (await window.evaluate(isShown, null)) && (await window.evaluate(mountedRows, null)) >= PAGE,
    {
      what: "a page of messages is shown",
      withinMs: 20_000,
    },
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
}
