/** Port: who is typing where, by leases of `limits.typingExpiresMs`. Drivers: memory. */
export interface TypingRegistry {
  /** Takes or renews the lease. Resolves to whether others are to be told (new, or last told more than `limits.typingIntervalMs` ago). */
  start(conversationId: string, userId: string): boolean;
  /** Ends the lease; false when there was none. */
  stop(conversationId: string, userId: string): boolean;
  /** Called when a lease ran out by itself. */
  onExpire(listener: (conversationId: string, userId: string) => void): void;
  close(): void;
}
