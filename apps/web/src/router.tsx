import { createRootRoute, createRoute, createRouter, Outlet, redirect } from "@tanstack/react-router";
import { ConversationPage } from "./ConversationPage.tsx";
import { InboxLayout } from "./InboxLayout.tsx";
import { NoSelectionPage } from "./NoSelectionPage.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { SignInPage } from "./SignInPage.tsx";
import { findSession } from "./session.ts";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: SignInPage,
  // Where to go after signing in: only to a conversation, whatever somebody wrote into the address.
  validateSearch: ({ conversation }: Record<string, unknown>): { conversation?: string } =>
    typeof conversation === "string" && conversation !== "" ? { conversation } : {},
});

const inbox = createRoute({
  getParentRoute: () => root,
  id: "inbox",
  component: InboxLayout,
  beforeLoad: async ({ params }) => {
    const session = await findSession();
    const { id } = params as { id?: string };
    const search = id === undefined ? {} : { conversation: id };
    if (session === null) throw redirect({ to: "/sign-in", search, replace: true });
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
