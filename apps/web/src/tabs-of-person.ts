/** What one person's tabs agree on by the browser's locks. Where there are none, every tab is on its own. */
const locks = (): LockManager | undefined => navigator.locks;

const looking = (userId: string, conversationId: string) => `parley:looking:${userId}:${conversationId}`;

/** How long a tab keeps a message that it made the sound for, in ms: a slower tab hears of it within that time. */
const HELD_MS = 3_000;

/** Says to the person's other tabs that this conversation is being looked at here. Returns how to end it. */
export function lookAt(userId: string, conversationId: string): () => void {
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  locks()
    ?.request(looking(userId, conversationId), { mode: "shared" }, () => ended)
    .catch(() => {});
  return end;
}

/** Whether some tab of this person, or this one, looks at the conversation now. */
export async function isLookedAt(userId: string, conversationId: string): Promise<boolean> {
  const { held = [] } =
    (await locks()
      ?.query()
      .catch(() => null)) ?? {};
  return held.some(({ name }) => name === looking(userId, conversationId));
}

/** Resolves to true in one of the person's tabs only: the one that makes the sound for this message. */
export function takeSound(userId: string, messageId: string): Promise<boolean> {
  const manager = locks();
  if (manager === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    manager
      .request(`parley:sound:${userId}:${messageId}`, { ifAvailable: true }, async (lock) => {
        resolve(lock !== null);
        if (lock !== null) await new Promise((done) => setTimeout(done, HELD_MS));
      })
      .catch(() => resolve(true));
  });
}
