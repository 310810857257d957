import { createRootRoute, createRoute, createRouter, Outlet, redirect } from "@tanstack/react-router";
import { ConversationPage } from "./ConversationPage.tsx";
import { InboxLayout } from "./InboxLayout.tsx";
import { NoSelectionPage } from "./NoSelectionPage.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { SignInPage } from "./SignInPage.tsx";
import { findSession } from "./session.ts";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const signIn = createRoute({ getParentRoute: () => root, path: "/sign-in", component: SignInPage });

const inbox = createRoute({
  getParentRoute: () => root,
  id: "inbox",
  component: InboxLayout,
  beforeLoad: async () => {
    const session = await findSession();
    if (session === null) throw redirect({ to: "/sign-in", replace: true });
    return { session };
  },
});

const noSelection = createRoute({ getParentRoute: () => inbox, path: "/", component: NoSelectionPage });
const conversation = createRoute({
  getParentRoute: () => inbox,
  path: "/conversations/$id",
  component: ConversationPage,
});

export const router = createRouter({
  routeTree: root.addChildren([signIn, inbox.addChildren([noSelection, conversation])]),
  // The message list keeps its own place.
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
