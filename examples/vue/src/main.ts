import { createApp } from "vue";
import OrderPage from "./OrderPage.vue";

const settings = document.querySelector<HTMLMetaElement>('meta[name="parley"]');
const { conversation = "", name = "" } = settings?.dataset ?? {};

// The elements come from the Parley server, so they always fit it.
await import(/* @vite-ignore */ `${settings?.content}/embed.js`);

createApp(OrderPage, { conversationId: conversation, name }).mount("#page");
