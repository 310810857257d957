import type { EndpointBody, Preferences, PreferencesInput, ServerEvent, Settings } from "@parley/protocol";
import { placeOf, type StoredConversation } from "./memory-conversation.ts";
import { changePreferences, movePlace, positionsFor, type StoredParticipant, type Viewer } from "./memory-places.ts";
import { Refusal } from "./refusal.ts";

interface Truth {
  now(): number;
  emit(userId: string, event: ServerEvent): void;
  find(userId: string, conversationId: string): StoredConversation;
  of(userId: string): StoredConversation[];
}

/** What people have set for themselves, and how far they are told to have read. */
export class MemoryOwn {
  readonly #truth: Truth;
  readonly #settings = new Map<string, Settings>();

  constructor(truth: Truth) {
    this.#truth = truth;
  }

  settings(userId: string): Settings {
    return this.#settings.get(userId) ?? { readReceipts: true };
  }

  viewer(userId: string): Viewer {
    return { userId, seesReads: this.settings(userId).readReceipts };
  }

  /** Whoever lets others see again what they have read tells it to them. */
  changeSettings(userId: string, { readReceipts }: EndpointBody<"changeSettings">): Settings {
    const settings = { readReceipts: readReceipts ?? this.settings(userId).readReceipts };
    this.#settings.set(userId, settings);
    for (const stored of settings.readReceipts ? this.#truth.of(userId) : []) {
      const place = placeOf(stored, userId);
      if (place) this.#change(stored, place, () => Object.assign(place, { quiet: null }));
    }
    this.#truth.emit(userId, { name: "settings:updated", payload: settings });
    return settings;
  }

  setPreferences(userId: string, conversationId: string, input: PreferencesInput): Preferences {
    const stored = this.#truth.find(userId, conversationId);
    const place = placeOf(stored, userId);
    if (!place) throw new Refusal("not_found");
    const now = new Date(this.#truth.now()).toISOString();
    const preferences = changePreferences(place.preferences, input, stored.messages.length, now);
    if (preferences === place.preferences) return preferences;
    place.preferences = preferences;
    this.#truth.emit(userId, { name: "preferences:updated", payload: { conversationId, preferences } });
    return preferences;
  }

  /** Moves a person's positions and tells everybody what they see of it. Whether anything moved. */
  report(stored: StoredConversation, userId: string, to: { readSeq: number; deliveredSeq: number }): boolean {
    const place = placeOf(stored, userId);
    const quietly = !this.settings(userId).readReceipts;
    return place !== undefined && this.#change(stored, place, () => movePlace(place, to, quietly));
  }

  /** Each viewer hears of it if it changed something for them. */
  #change(stored: StoredConversation, place: StoredParticipant, change: () => unknown): boolean {
    const seen = () => stored.participants.map(({ userId }) => positionsFor(this.viewer(userId), place));
    const before = seen();
    change();
    const after = seen();
    const moved = after.map((at, index) => JSON.stringify(at) !== JSON.stringify(before[index]));
    for (const [index, { userId }] of stored.participants.entries()) {
      const payload = { conversationId: stored.id, ...(after[index] ?? positionsFor(this.viewer(userId), place)) };
      if (moved[index]) this.#truth.emit(userId, { name: "receipt:updated", payload });
    }
    return moved.includes(true);
  }
}
