import { filterFrom } from "@parley/react";
import { createRootRoute, createRoute, createRouter, Outlet, redirect } from "@tanstack/react-router";
import { seqFrom } from "./addresses.ts";
import { ConversationPage } from "./ConversationPage.tsx";
import { InboxLayout } from "./InboxLayout.tsx";
import { NoSelectionPage } from "./NoSelectionPage.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { SignInPage } from "./SignInPage.tsx";
import { findSession } from "./session.ts";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

const asText = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: SignInPage,
  // Where to go after signing in: only to a conversation or a message in it, whatever somebody wrote into the address.
  validateSearch: (search: Record<string, unknown>): { conversation?: string; message?: number } => {
    const conversation = asText(search.conversation);
    if (conversation === undefined) return {};
    const message = seqFrom(search.message);
    return message === undefined ? { conversation } : { conversation, message };
  },
});

const inbox = createRoute({
  getParentRoute: () => root,
  id: "inbox",
  component: InboxLayout,
  // What the list shows stands in the address: a reload and Back keep it.
  validateSearch: (search: Record<string, unknown>): { q?: string; show?: string } => {
    const q = asText(search.q);
    const show = filterFrom(asText(search.show));
    return { ...(q !== undefined && { q }), ...(show !== "all" && { show }) };
  },
  beforeLoad: async ({ params }) => {
    const session = await findSession();
    const { id, seq } = params as { id?: string; seq?: string };
    const message = seqFrom(seq);
    const search = id === undefined ? {} : { conversation: id, ...(message !== undefined && { message }) };
    if (session === null) throw redirect({ to: "/sign-in", search, replace: true });
    return { session };
  },
});

const noSelection = createRoute({ getParentRoute: () => inbox, path: "/", component: NoSelectionPage });
const conversation = createRoute({ getParentRoute: () => inbox, path: "/c/$id", component: ConversationPage });
/** A conversation at one of its messages: what "copy link" gives. */
const message = createRoute({ getParentRoute: () => inbox, path: "/c/$id/m/$seq", component: ConversationPage });

export const router = createRouter({
  routeTree: root.addChildren([signIn, inbox.addChildren([noSelection, conversation, message])]),
  // The message list keeps its own place.
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** The list was on screen before: Back leads to it. */
    fromList?: boolean;
  }
}
