import "@parley/react/styles.css";
import { createChatClient } from "@parley/client";
import { createRoot } from "react-dom/client";
import { OrderPage } from "./OrderPage.tsx";

const settings = document.querySelector<HTMLMetaElement>('meta[name="parley"]');
const { conversation = "", name = "" } = settings?.dataset ?? {};

/** The host's own address gives a token for whoever is signed in there. */
async function fetchToken(): Promise<string> {
  const response = await fetch("/chat-token", { cache: "no-store" });
  if (!response.ok) throw new Error(`No token: ${response.status}`);
  return ((await response.json()) as { token: string }).token;
}

const client = createChatClient({ url: settings?.content ?? "", token: fetchToken });
client.connect();

createRoot(document.querySelector("#page") as HTMLElement).render(
  <OrderPage client={client} conversationId={conversation} name={name} />,
);
