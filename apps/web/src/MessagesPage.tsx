import { ChatProvider } from "@parley/react";
import { useEffect, useState } from "react";
import { linkFor, type Route, signInAddressFor } from "./addresses.ts";
import { InboxLayout } from "./InboxLayout.tsx";
import { go } from "./place.ts";
import { usePreferences } from "./preferences.ts";
import { findSession, type Session } from "./session.ts";
import { useChatClient } from "./useChatClient.ts";

export interface MessagesPageProps {
  readonly route: Extract<Route, { page: "list" | "conversation" }>;
}

/** For those who are signed in; everybody else is led to the page for that. */
export function MessagesPage({ route }: MessagesPageProps) {
  const [session, setSession] = useState<Session | null>(null);
  // Asked once: leaving goes through the page for signing in, and whoever comes back is asked anew.
  const [askedAt] = useState(route);
  useEffect(() => {
    let over = false;
    void findSession().then((found) => {
      if (over) return;
      if (found === null) go(signInAddressFor(askedAt), { replace: true });
      else setSession(found);
    });
    return () => {
      over = true;
    };
  }, [askedAt]);
  return session === null ? null : <SignedIn session={session} route={route} />;
}

/** The client lives as long as this does. */
function SignedIn({ session, route }: MessagesPageProps & { session: Session }) {
  const { locale, density, enterSends } = usePreferences();
  const client = useChatClient(session, route);
  if (client === null) return null;
  return (
    <ChatProvider client={client} locale={locale} density={density} enterSends={enterSends} linkFor={linkFor}>
      <InboxLayout session={session} route={route} />
    </ChatProvider>
  );
}
