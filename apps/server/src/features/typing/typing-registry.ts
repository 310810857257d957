/** Port: who is typing where, by leases of `limits.typingExpiresMs`. Drivers: memory. */
export interface TypingRegistry {
  /**
   * Takes or renews the lease. Resolves to whether others are to be told: at most once in `limits.typingIntervalMs`
   * for a person and conversation.
   */
  start(conversationId: string, userId: string): Promise<boolean>;
  /** Ends the lease. Resolves to whether others are to be told: false when they were not told that it began. */
  stop(conversationId: string, userId: string): Promise<boolean>;
  /** Called when a lease ran out by itself, if others had been told that it began. */
  onExpire(listener: (conversationId: string, userId: string) => void): void;
  close(): void;
}
