import type { Settings } from "@parley/protocol";
import type { SettingsApi } from "./chat-client.ts";
import { reduceSettings } from "./reduce-settings.ts";
import type { WritableStore } from "./store.ts";

export interface OwnSettingsPorts {
  readonly store: WritableStore;
  /** Both reject with a `ChatError`. */
  fetch(): Promise<Settings>;
  transmit(change: Partial<Settings>): Promise<Settings>;
  /** What others have read may be seen again, and is not here. */
  onReadsMissing(): void;
}

/** The user's settings on all devices. A change is shown at once, and taken back when it was refused. */
export class OwnSettings implements SettingsApi {
  readonly #ports: OwnSettingsPorts;
  #confirmed: Settings | null = null;
  #changes: Partial<Settings>[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #lacksReads = false;

  constructor(ports: OwnSettingsPorts) {
    this.#ports = ports;
  }

  async get(): Promise<Settings> {
    const settings = await this.#ports.fetch();
    this.confirm(settings);
    return settings;
  }

  async change(change: Partial<Settings>): Promise<Settings> {
    this.#changes.push(change);
    this.#show();
    const answered = this.#turn.then(() => this.#ports.transmit(change));
    this.#turn = answered.catch(() => undefined);
    try {
      this.#confirmed = await answered;
      return this.#confirmed;
    } finally {
      this.#changes = this.#changes.filter((other) => other !== change);
      this.#show();
    }
  }

  /** What the server says; what waits for an answer stays in view. */
  confirm(settings: Settings): void {
    this.#confirmed = settings;
    this.#show();
  }

  /** Events of the time without a connection are gone: asks again, unless nothing was known before. */
  renew(): void {
    if (this.#confirmed !== null) this.get().catch(() => undefined);
  }

  #show(): void {
    const confirmed = this.#confirmed;
    if (confirmed === null) return;
    const settings = Object.assign({ ...confirmed }, ...this.#changes) as Settings;
    this.#ports.store.update((state) => reduceSettings(state, settings));
    if (!settings.readReceipts) this.#lacksReads = true;
    // Not before the server has them on: until then it does not say.
    else if (this.#lacksReads && confirmed.readReceipts) {
      this.#lacksReads = false;
      this.#ports.onReadsMissing();
    }
  }
}
