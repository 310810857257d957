// @vitest-environment happy-dom
import { afterEach, expect, it } from "vitest";
import { type Rendered, render, startChat } from "../../test/render-chat.tsx";
import { useLaterLabels } from "./useLaterLabels.ts";

let shown: Rendered;
afterEach(() => shown.close());

function Words() {
  const { send, copy, edit, muteFor, retry } = useLaterLabels();
  return <p>{[send, copy, edit, muteFor.hour, muteFor.always, retry].join(", ")}</p>;
}

it("has the words of the start and the later ones, and over both those of the host", async () => {
  const labels = { send: "Ab damit", copy: "Mitnehmen", muteFor: { hour: "Bis später" } };
  shown = await render(startChat(), <Words />, "de", labels);
  expect(shown.page.textContent).toBe("Ab damit, Mitnehmen, Bearbeiten, Bis später, Bis ich es aufhebe, Erneut senden");
});
