import { limits } from "@parley/protocol";
import type { PresenceApi } from "./chat-client.ts";
import type { Clock } from "./clock.ts";

export interface PresencePorts {
  readonly clock: Clock;
  /** Tells the server if there is a socket; nobody waits for the answer. */
  tell(status: "online" | "away"): void;
}

/** Renews the user's lease as long as a socket lives. */
export class OwnPresence implements PresenceApi {
  readonly #ports: PresencePorts;
  #status: "online" | "away" = "online";
  #timer: unknown = null;
  #beating = false;

  constructor(ports: PresencePorts) {
    this.#ports = ports;
  }

  set(status: "online" | "away"): void {
    if (status === this.#status) return;
    this.#status = status;
    if (this.#beating) this.#beat();
  }

  /** A socket lives. */
  begin(): void {
    this.#beating = true;
    this.#beat();
  }

  end(): void {
    this.#beating = false;
    this.#ports.clock.clearTimeout(this.#timer);
  }

  #beat(): void {
    this.#ports.clock.clearTimeout(this.#timer);
    this.#timer = this.#ports.clock.setTimeout(() => this.#beat(), limits.presenceHeartbeatMs);
    this.#ports.tell(this.#status);
  }
}
