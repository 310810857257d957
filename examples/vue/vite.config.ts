import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

export default defineConfig({
  // The style sheet of the marketplace is the same for all examples.
  publicDir: "../public",
  // Vue leaves our elements to the browser.
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("parley-") } } })],
  build: { target: "es2022", assetsInlineLimit: 0 },
});
