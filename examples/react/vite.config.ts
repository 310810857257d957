import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // Only in this repository: the packages from their sources.
  resolve: { conditions: ["source", ...defaultClientConditions] },
  // The host's style sheet is served by the host.
  build: { target: "es2022", assetsInlineLimit: 0, rolldownOptions: { external: ["/market.css"] } },
});
