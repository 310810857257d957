import { TcpConnection } from "../wire/tcp.ts";
import { digitsOf, type Driver, type Hooks, MARK, type Person, TEXT, watchOpening } from "./driver.ts";

const DOMAIN = "localhost";
const SM = "urn:xmpp:sm:3";

const STREAM =
  `<?xml version='1.0'?><stream:stream to='${DOMAIN}' version='1.0' xmlns='jabber:client' ` +
  "xmlns:stream='http://etherx.jabber.org/streams'>";
const BIND = "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>r</resource></bind></iq>";

/**
 * XMPP over TCP without TLS: SASL PLAIN, a resource, stream management. A message is answered when the server has taken it
 * over (XEP-0198), which ejabberd and prosody do after they have archived it.
 */
export const connectXmpp: Driver = async ({ url, conversation, side }, hooks) => {
  const me = conversation.people[side];
  const other = conversation.people[1 - side];
  if (me === undefined || other === undefined) throw new Error("XMPP is driven with two people a conversation.");
  const opening = watchOpening(hooks, "XMPP");
  const waitingForAnswer: number[] = [];
  const reader = new StanzaReader(hooks, waitingForAnswer);
  const tcp = await TcpConnection.open(
    Number(new URL(url).port),
    (bytes, length) => reader.read(bytes.toString("latin1", 0, length)),
    opening.close,
  );
  reader.write = (text) => tcp.write(text);
  logIn(reader, me).then(opening.admit, opening.close);
  await opening.opened;
  const before = `<message type='chat' to='${other.id}@${DOMAIN}' id='${MARK}`;
  const after = `'><body>${TEXT}</body></message><r xmlns='${SM}'/>`;
  return (number) => {
    waitingForAnswer.push(number);
    tcp.write(before + digitsOf(number) + after);
  };
};

async function logIn(reader: StanzaReader, { id, token }: Person): Promise<void> {
  const plain = Buffer.from(`\0${id}\0${token}`).toString("base64");
  await reader.ask(STREAM, "</stream:features>");
  await reader.ask(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${plain}</auth>`, "<success");
  await reader.ask(STREAM, "</stream:features>");
  await reader.ask(BIND, "</iq>");
  await reader.ask(`<enable xmlns='${SM}'/>`, "<enabled");
  // The own presence comes back: from then on messages arrive.
  await reader.ask("<presence/>", "<presence");
  reader.begin();
}

/** Takes stanzas and acknowledgements out of a stream. */
class StanzaReader {
  write: (text: string) => void = () => {};
  readonly #hooks: Hooks;
  readonly #waitingForAnswer: number[];
  #rest = "";
  #wanted: { ending: string; resolve: () => void; reject: (error: Error) => void } | null = null;
  #isReading = false;
  /** Of the server's: what we have got; of ours: what the server has got, presence included. */
  #got = 0;
  #answered = 1;

  constructor(hooks: Hooks, waitingForAnswer: number[]) {
    this.#hooks = hooks;
    this.#waitingForAnswer = waitingForAnswer;
  }

  /** While the connection is being opened: says something and waits for a text; forgets all before it. */
  ask(text: string, ending: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#wanted = { ending, resolve, reject };
      this.write(text);
    });
  }

  begin(): void {
    this.#isReading = true;
    this.#got = 1;
    this.read("");
  }

  read(text: string): void {
    this.#rest += text;
    if (this.#isReading) this.#readStanzas();
    else if (this.#wanted !== null) {
      const found = this.#rest.indexOf(this.#wanted.ending);
      if (/<(failure|stream:error)/.test(this.#rest)) this.#wanted.reject(new Error(`XMPP refused: ${this.#rest}`));
      if (found < 0) return;
      this.#rest = this.#rest.slice(found + this.#wanted.ending.length);
      this.#wanted.resolve();
    }
  }

  /** A stanza is whole at the ">" that closes it; texts of the bench hold none. */
  #readStanzas(): void {
    for (;;) {
      const begin = this.#rest.indexOf("<");
      if (begin < 0) return;
      const name = /^<(\/?[\w:]+)/.exec(this.#rest.slice(begin, begin + 20))?.[1];
      const end = name === undefined ? -1 : endOf(this.#rest, begin, name);
      if (end < 0) return;
      this.#take(name ?? "", this.#rest.slice(begin, end));
      this.#rest = this.#rest.slice(end);
    }
  }

  #take(name: string, stanza: string): void {
    if (name === "a") this.#answer(Number(/ h=['"](\d+)/.exec(stanza)?.[1]));
    else if (name === "r") this.write(`<a xmlns='${SM}' h='${this.#got}'/>`);
    else if (name === "message" || name === "presence" || name === "iq") {
      this.#got += 1;
      const mark = stanza.indexOf(MARK);
      if (name !== "message" || mark < 0) return;
      if (stanza.includes("<error")) this.#hooks.onClose(new Error(stanza));
      this.#hooks.onMessage(Number.parseInt(stanza.slice(mark + MARK.length, mark + MARK.length + 12), 16));
    }
  }

  #answer(handled: number): void {
    for (; this.#answered < handled; this.#answered += 1) {
      const number = this.#waitingForAnswer.shift();
      if (number !== undefined) this.#hooks.onAnswer(number, true);
    }
  }
}

/** @returns after the ">" that ends the element, -1 when it is not whole */
function endOf(text: string, begin: number, name: string): number {
  const head = text.indexOf(">", begin);
  if (head < 0) return -1;
  // The end of what was there before the reading began.
  if (text[head - 1] === "/" || name.startsWith("/")) return head + 1;
  const closing = `</${name}>`;
  const found = text.indexOf(closing, head);
  return found < 0 ? -1 : found + closing.length;
}
