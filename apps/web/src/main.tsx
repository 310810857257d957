import "@parley/react/styles.css";
import "./styles/app.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startPreferences } from "./preferences.ts";
import { router } from "./router.tsx";

startPreferences();
const container = document.getElementById("app");
if (container === null) throw new Error("The page has no #app.");
createRoot(container).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
