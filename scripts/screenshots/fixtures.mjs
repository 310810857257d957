/** People whom the demo does not have, with conversations at the edges of what people write. */
const people = {
  lea: { name: "Lea Brunner", role: "buyer" },
  mira: { name: "Mira Öztürk", role: "seller" },
  tom: { name: "Tom Huber", role: "seller" },
  noor: { name: "نور الهاشمي", role: "seller" },
  maximilian: { name: "Maximilian-Alexander von Hohenstein-Oettingen", role: "agency" },
  neu: { name: "Nils Neumann", role: "buyer" },
};

const order = (id, title, state) => ({
  type: "order",
  id,
  title,
  state,
  url: `https://marketplace.example/orders/${id}`,
});

const smallTalk = [
  "Passt.",
  "Ich habe die Farben noch einmal verglichen, das wärmere Blau steht dem Logo besser, auch auf dunklem Grund.",
  "Großartig, danke dir!",
  "Kannst du mir die Maße schicken? Breite, Höhe und der Abstand zum Rand reichen.",
  "120 × 80 cm, 4 cm Rand.",
  "Dann rechne ich mit zwei Tagen für den Druck und einem für den Versand. Falls es eilt, geht auch Express, das kostet 18 Franken mehr. Sag einfach Bescheid, ich bin bis sechs im Atelier.",
  "Kein Express nötig 🙂",
  "👍",
];

/** name → what it is; the first person is Lea's partner. */
const conversations = {
  first: { type: "order", subject: order("5201", "Hochzeitskarten, 80 Stück", "neu"), with: ["mira"], lines: [] },
  words: {
    type: "order",
    subject: order(
      "5202-DONAUDAMPFSCHIFF",
      "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz als Poster",
      "in Arbeit",
    ),
    with: ["maximilian"],
    lines: [
      ["maximilian", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"],
      [
        "lea",
        "https://example.com/eine/sehr/lange/adresse/die/niemals/endet/und/keine/stelle/zum/umbrechen/hat?x=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      ],
      [
        "maximilian",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      ],
      ["lea", "Ja."],
    ],
  },
  emoji: {
    type: "direct",
    with: ["tom"],
    lines: [
      ["tom", "Fertig!"],
      ["tom", "🎉"],
      ["lea", "🥳🥳🥳"],
      ["lea", "Endlich 😄"],
      ["tom", "❤️"],
      ["tom", "👨‍👩‍👧‍👦👩🏽‍🎨"],
      ["lea", "🚀"],
    ],
  },
  rtl: {
    type: "order",
    subject: order("5203", "ترجمة قائمة الطعام", "قيد التنفيذ"),
    with: ["noor"],
    lines: [
      ["noor", "مرحبا ليا! شكرا على الطلب، سأبدأ اليوم."],
      ["lea", "Salam Noor, danke dir!"],
      ["noor", "هل تريدين قائمة الطعام (Menü) باللغتين؟ السعر 120 CHF."],
      ["lea", "شكرا 🌷"],
      ["noor", "Perfekt, bis Freitag. إلى اللقاء!"],
    ],
  },
  group: {
    type: "group",
    title: "Messestand Frühling",
    with: ["mira", "tom", "maximilian"],
    lines: [
      ["mira", "Wer kommt am Donnerstag zum Aufbau?"],
      ["tom", "Ich ab acht, mit dem Bus."],
      ["tom", "Platz ist noch für zwei Kisten."],
      ["maximilian", "Ich bringe die Banner und die lange Leiter. Hat jemand ein Verlängerungskabel?"],
      ["lea", "Ich! Zehn Meter."],
      ["lea", "Und Kaffee."],
      ["mira", "Du bist die Beste ☕️"],
    ],
  },
  unread: {
    type: "order",
    subject: order("5204", "Schaufensterdruck", "in Arbeit"),
    with: ["tom"],
    read: 12,
    lines: Array.from({ length: 30 }, (_, index) => [
      index < 12 && index % 3 === 0 ? "lea" : "tom",
      smallTalk[index % 8],
    ]),
  },
  long: {
    type: "project",
    title: "Relaunch Holzwerkstatt",
    subject: { ...order("holz", "Relaunch Holzwerkstatt", "Entwurf"), type: "project" },
    with: ["mira", "tom"],
    lines: Array.from({ length: 140 }, (_, index) => [
      ["mira", "lea", "tom", "tom", "lea"][index % 5],
      smallTalk[(index * 5) % 8],
    ]),
  },
  /** For those states that write: no other one shows it, but for its line in the inbox. */
  desk: {
    type: "order",
    subject: order("5205", "Einladungen zum Jubiläum", "in Arbeit"),
    with: ["mira"],
    lines: [
      ["mira", "Hundert Stück auf dem matten Papier, ja?"],
      ["lea", "Genau, und die Umschläge in Salbei."],
      ["mira", "Die sind wunderschön. Ich lege dir ein Muster bei."],
    ],
  },
  locked: {
    type: "order",
    subject: order("5190", "Visitenkarten", "strittig"),
    with: ["mira"],
    status: "locked",
    lines: [
      ["mira", "Die Karten sind gestern angekommen?"],
      ["lea", "Ja, aber das Papier ist ein anderes als bestellt."],
      [null, "Die Bestellung wird geprüft. Bis dahin ist die Unterhaltung gesperrt."],
    ],
  },
  archived: {
    type: "order",
    subject: order("5107", "Flyer Sommerfest", "abgeschlossen"),
    with: ["tom"],
    status: "archived",
    lines: [
      ["tom", "Alles gedruckt und verschickt."],
      ["lea", "Danke, das Fest war großartig!"],
      [null, "Die Bestellung ist abgeschlossen."],
    ],
  },
  announcement: {
    type: "announcement",
    title: "Neues vom Marktplatz",
    with: ["mira", "tom"],
    lines: [
      [null, "Ab Montag zahlen Käufer auch mit TWINT."],
      [
        null,
        "Am Sonntag von 2 bis 4 Uhr ziehen wir auf neue Server um. Was in dieser Zeit geschrieben wird, kommt danach an.",
      ],
    ],
  },
};

/** Lets Tom write some more to Lea, for what shows messages that she has not read. */
export async function writeUnread({ host, ids }) {
  for (const content of smallTalk.slice(1, 6)) {
    const body = { clientMessageId: crypto.randomUUID(), content, senderId: "shot-tom" };
    await host("POST", `/api/conversations/${ids.unread}/messages`, body);
  }
}

/**
 * Makes them at the server, once.
 * @returns {Promise<Record<string, string>>} name of a fixture → id of its conversation
 */
export async function makeFixtures({ host, as }) {
  for (const [id, profile] of Object.entries(people)) await host("PUT", `/api/users/shot-${id}`, profile);
  const ids = {};
  for (const [name, fixture] of Object.entries(conversations)) ids[name] = await make({ host, as }, name, fixture);
  return ids;
}

async function make({ host, as }, name, { type, title, subject, with: others, lines, status, read }) {
  const participants = ["lea", ...others].map((id) => ({ userId: `shot-${id}` }));
  const known = await find(as, { type, title, subject });
  if (known !== undefined) return known.id;
  const { conversation } = await host("POST", "/api/conversations", { type, title, subject, participants });
  for (const [index, [sender, content]] of lines.entries()) {
    const by = sender === null ? { kind: "system" } : { senderId: `shot-${sender}` };
    const body = { clientMessageId: `${name}-${index}`, content, ...by };
    await host("POST", `/api/conversations/${conversation.id}/messages`, body);
  }
  const seq = read ?? lines.length;
  for (const { userId } of participants) {
    const own = userId === "shot-lea" ? seq : lines.length;
    await as(userId, "POST", `/api/conversations/${conversation.id}/read`, { seq: own });
  }
  if (status !== undefined) await host("PATCH", `/api/conversations/${conversation.id}`, { status });
  return conversation.id;
}

async function find(as, { type, title, subject }) {
  const { conversations: known } = await as("shot-lea", "GET", `/api/conversations?limit=100&type=${type}`);
  return known.find((one) =>
    subject === undefined
      ? one.title === (title ?? null)
      : one.subject?.type === subject.type && one.subject.id === subject.id,
  );
}
