import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig } from "vite";

export default defineConfig({
  // The style sheet of the marketplace is the same for all examples.
  publicDir: "../public",
  plugins: [react()],
  // Only in this repository: the packages from their sources.
  resolve: { conditions: ["source", ...defaultClientConditions] },
  build: { target: "es2022", assetsInlineLimit: 0 },
});
