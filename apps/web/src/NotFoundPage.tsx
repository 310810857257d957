import { useAppLabels } from "./app-labels.ts";
import { Wordmark } from "./Wordmark.tsx";

export function NotFoundPage() {
  const labels = useAppLabels();
  return (
    <main className="plain-page">
      <Wordmark />
      <h1>{labels.notFound}</h1>
      <a className="parley-button" href="/">
        {labels.toInbox}
      </a>
    </main>
  );
}
