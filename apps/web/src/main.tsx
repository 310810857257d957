import "@parley/react/styles/parts.css";
import "./styles/app.css";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { leaveFirstPaint } from "./leave-first-paint.ts";
import { startPreferences } from "./preferences.ts";
import { reloadWhenOutdated } from "./reload-when-outdated.ts";
import { whenStyled } from "./when-styled.ts";

reloadWhenOutdated();
startPreferences();
const container = document.getElementById("app");
if (container === null) throw new Error("The page has no #app.");
whenStyled(() => {
  leaveFirstPaint(container);
  createRoot(container).render(<App />);
});
