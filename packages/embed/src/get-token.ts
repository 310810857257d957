/** Gives a JWT of the person who is signed in at the host, a new one at each call; null when nobody is. */
export type GetToken = () => Promise<string | null>;

/** Asks the host's own address, which answers `{ "token": … }` or the bare token; 401 and 403 say that nobody is signed in. */
export function tokenFrom(address: string): GetToken {
  return async () => {
    const response = await fetch(address, { credentials: "same-origin", cache: "no-store" });
    if (response.status === 401 || response.status === 403) return null;
    if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
    const text = (await response.text()).trim();
    if (!text.startsWith("{")) return text === "" ? null : text;
    const { token } = JSON.parse(text) as { token?: unknown };
    return typeof token === "string" && token !== "" ? token : null;
  };
}

/** Whom a token speaks for. Nothing is checked here: the server does that. */
export function subjectOf(token: string): string {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const { sub } = JSON.parse(atob(payload)) as { sub?: unknown };
    return typeof sub === "string" ? sub : token;
  } catch {
    return token;
  }
}
