/** What the client asks of a connection. */
export interface SocketSettings {
  readonly auth?: { readonly token: string };
  /** How long a socket may take to open, in ms. */
  readonly timeout: number;
  readonly withCredentials: boolean;
}
