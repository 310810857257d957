/** What an address of this app shows. */
export type Route =
  | { readonly page: "sign-in" }
  | { readonly page: "list" }
  | { readonly page: "conversation"; readonly id: string; readonly seq?: number }
  | { readonly page: "unknown" };

/** Where a conversation lives in this app. */
export const addressOf = (conversationId: string): string => `/c/${encodeURIComponent(conversationId)}`;

/** Where a conversation opens at one of its messages. */
export const messageAddressOf = (conversationId: string, seq: number): string =>
  `${addressOf(conversationId)}/m/${seq}`;

/** The whole address at which a message opens, to be copied. */
export const linkFor = ({ conversationId, seq }: { conversationId: string; seq: number }): string =>
  location.origin + messageAddressOf(conversationId, seq);

/** Where to sign in, to come back to what the route shows. */
export function signInAddressFor(route: Route): string {
  if (route.page !== "conversation") return "/sign-in";
  const search = new URLSearchParams({ conversation: route.id });
  if (route.seq !== undefined) search.set("message", String(route.seq));
  return `/sign-in?${search}`;
}

/** Where to go after signing in: only to a conversation or a message in it, whatever somebody wrote into the address. */
export function addressAfterSignIn(search: string): string {
  const asked = new URLSearchParams(search);
  const id = asked.get("conversation") ?? "";
  const seq = seqFrom(asked.get("message"));
  if (id === "") return "/";
  return seq === undefined ? addressOf(id) : messageAddressOf(id, seq);
}

/** Reads a path, with no slash at its end. */
export function routeFor(path: string): Route {
  if (path === "/") return { page: "list" };
  if (path === "/sign-in") return { page: "sign-in" };
  const [, encoded, seqText] = /^\/c\/([^/]+)(?:\/m\/([^/]+))?$/.exec(path) ?? [];
  const id = encoded === undefined ? null : decode(encoded);
  if (id === null) return { page: "unknown" };
  const seq = seqFrom(seqText);
  return { page: "conversation", id, ...(seq !== undefined && { seq }) };
}

/** A position in a conversation as it stands in an address. */
function seqFrom(text: string | null | undefined): number | undefined {
  const seq = Number(text ?? Number.NaN);
  return Number.isSafeInteger(seq) && seq > 0 ? seq : undefined;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
