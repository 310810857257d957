import { lazy, Suspense } from "react";
import { routeFor } from "./addresses.ts";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { usePlace } from "./place.ts";

/** Whoever signs in needs no chat yet, and whoever is signed in no page for that: each is loaded by itself. */
const SignInPage = lazy(async () => ({ default: (await import("./SignInPage.tsx")).SignInPage }));
const MessagesPage = lazy(async () => ({ default: (await import("./MessagesPage.tsx")).MessagesPage }));

/** What stands at the address. */
export function App() {
  const { path } = usePlace();
  const route = routeFor(path);
  if (route.page === "unknown") return <NotFoundPage />;
  return (
    <Suspense fallback={null}>{route.page === "sign-in" ? <SignInPage /> : <MessagesPage route={route} />}</Suspense>
  );
}
