/** What may be asked on a channel: by name, what goes in and what comes out. All of it is plain JSON. */
export type Calls = Readonly<Record<string, readonly [input: unknown, answer: unknown]>>;

/** What a process answers to the other side. */
export type Answers<Asked extends Calls> = {
  readonly [Name in keyof Asked]: (input: Asked[Name][0]) => Promise<Asked[Name][1]>;
};

/** One end of the pipe between the primary and a worker. */
export interface IpcPort {
  /** Calls back when the message has left; with an error when it cannot. */
  send(message: Envelope, sent: (error: Error | null) => void): void;
  onMessage(listener: (message: unknown) => void): void;
  onClosed(listener: () => void): void;
}

export type Envelope =
  | { readonly parley: "ask"; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly parley: "answer"; readonly id: number; readonly value: unknown }
  | { readonly parley: "failure"; readonly id: number }
  | { readonly parley: "note"; readonly text: string | null };

interface Open {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** Questions and answers over the pipe between two processes; and notes, which are not answered. */
export class IpcChannel<Theirs extends Calls, Ours extends Calls> {
  readonly #port: IpcPort;
  readonly #answers: Answers<Ours>;
  readonly #open = new Map<number, Open>();
  #lastId = 0;
  #isClosed = false;
  #hearNote: (text: string | null) => void = () => {};

  constructor(port: IpcPort, answers: Answers<Ours>) {
    this.#port = port;
    this.#answers = answers;
    port.onMessage((message) => {
      if (isEnvelope(message)) this.#take(message);
    });
    port.onClosed(() => {
      this.#isClosed = true;
      for (const { reject } of this.#open.values()) reject(new Error("The other process is gone."));
      this.#open.clear();
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Rejects when the other side fails to answer, or is gone. */
  ask<Name extends keyof Theirs & string>(name: Name, input: Theirs[Name][0]): Promise<Theirs[Name][1]> {
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      const id = this.#lastId;
      this.#open.set(id, { resolve, reject });
      this.#send({ parley: "ask", id, name, input }).catch((error: Error) => {
        this.#open.delete(id);
        reject(error);
      });
    });
  }

  /** A batch of notes, or null: some were lost. Resolves when it has left. */
  note(text: string | null): Promise<void> {
    return this.#send({ parley: "note", text });
  }

  onNote(listener: (text: string | null) => void): void {
    this.#hearNote = listener;
  }

  #take(message: Envelope): void {
    if (message.parley === "note") this.#hearNote(message.text);
    else if (message.parley === "ask") void this.#answer(message.id, message.name, message.input);
    else {
      const open = this.#open.get(message.id);
      this.#open.delete(message.id);
      if (message.parley === "answer") open?.resolve(message.value as never);
      else open?.reject(new Error("The other process could not answer."));
    }
  }

  async #answer(id: number, name: string, input: unknown): Promise<void> {
    const answer = this.#answers[name];
    const reply = await Promise.resolve(answer?.(input as never)).then(
      (value): Envelope => ({ parley: "answer", id, value: value ?? null }),
      (): Envelope => ({ parley: "failure", id }),
    );
    await this.#send(reply).catch(() => {});
  }

  #send(message: Envelope): Promise<void> {
    if (this.#isClosed) return Promise.reject(new Error("The other process is gone."));
    return new Promise((resolve, reject) => {
      this.#port.send(message, (error) => (error === null ? resolve() : reject(error)));
    });
  }
}

const isEnvelope = (message: unknown): message is Envelope =>
  typeof message === "object" && message !== null && "parley" in message;
