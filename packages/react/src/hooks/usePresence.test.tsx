// @vitest-environment happy-dom
import { problemOf } from "@parley/testkit";
import { expect, it } from "vitest";
import { during, render, startChat } from "../../test/render-chat.tsx";
import { usePresence } from "./usePresence.ts";

const Ben = () => usePresence("ben")?.status ?? "unknown";

it("knows nothing of others while one is not connected oneself", async () => {
  const chat = startChat();
  const { clock, server } = chat;
  const shown = await render(chat, <Ben />);
  const tell = () => {
    server.emit("ana", { name: "presence:updated", payload: { userId: "ben", status: "online", lastSeenAt: null } });
  };
  await during(tell);
  expect(shown.page.textContent).toBe("online");
  server.faults.call = ({ name }) => (name === "sync" ? problemOf("overloaded") : "pass");
  await during(() => server.cut());
  await during(() => clock.advance(300));
  await during(tell);
  expect(shown.client.store.getState().connection.status).toBe("connecting");
  expect(shown.client.store.getState().presence.get("ben")?.status).toBe("online");
  expect(shown.page.textContent).toBe("unknown");
  server.faults.call = () => "pass";
  await during(() => clock.advance(30_000));
  expect(shown.page.textContent).toBe("online");
  await shown.close();
});
