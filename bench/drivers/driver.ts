/** Whom the load client speaks as. */
export interface Person {
  readonly id: string;
  /** What shows who it is: a token, a password. */
  readonly token: string;
}

export interface Conversation {
  readonly conversationId: string;
  readonly people: readonly Person[];
}

/** Where one person of a conversation connects to. */
export interface Seat {
  readonly url: string;
  readonly conversation: Conversation;
  /** Place among the people of the conversation. */
  readonly side: number;
}

export interface Hooks {
  /** The server has answered for the message with this number. */
  readonly onAnswer: (number: number, ok: boolean) => void;
  /** A message came in at this connection; the own ones may, or may not. */
  readonly onMessage: (number: number) => void;
  readonly onClose: (error: Error) => void;
}

/** Sends one message with this number; its text is TEXT everywhere. */
export type Send = (number: number) => void;

/** Connects one person to a kind of server, ready to send and to hear. */
export type Driver = (seat: Seat, hooks: Hooks) => Promise<Send>;

/** 100 bytes. */
export const TEXT =
  "Hello, is the second draft ready? We would like to look at it before the weekend, if that suits you.";

/** The number as 12 hexadecimal digits, so that all messages are equally long. */
export const digitsOf = (number: number): string => number.toString(16).padStart(12, "0");

/** Stands before the digits where a protocol has no place of its own for them. */
export const MARK = "bench-";
const MARK_BYTES = Buffer.from(MARK);

const [ZERO, NINE] = [0x30, 0x39];
const LETTERS = 0x61 - 10;

/** Reads 12 hexadecimal digits. */
export function readDigits(bytes: Buffer, from: number): number {
  let number = 0;
  for (let at = from; at < from + 12; at += 1) {
    const digit = bytes[at] ?? 0;
    number = number * 16 + (digit <= NINE ? digit - ZERO : digit - LETTERS);
  }
  return number;
}

/** Reads the digits after the first mark; -1 without one. */
export function readMarked(bytes: Buffer, from: number, to: number): number {
  const found = bytes.indexOf(MARK_BYTES, from);
  return found < 0 || found + MARK.length + 12 > to ? -1 : readDigits(bytes, found + MARK.length);
}

/** The end of a driver's work on one connection: what has not begun to work fails, what worked is told. */
export function watchOpening(hooks: Hooks, what: string) {
  let isOpen = false;
  let settle: { resolve: () => void; reject: (error: Error) => void } = { resolve: () => {}, reject: () => {} };
  const opened = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  const timer = setTimeout(() => settle.reject(new Error(`${what}: a connection was not admitted in time.`)), 30_000);
  const finished = opened.finally(() => clearTimeout(timer));
  return {
    opened: finished,
    admit: () => {
      isOpen = true;
      settle.resolve();
    },
    close: (error: Error) => (isOpen ? hooks.onClose(error) : settle.reject(error)),
  };
}
