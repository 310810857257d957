import { DAY, type StoryConversation } from "./story-conversation.ts";

export const regulars: StoryConversation = {
  type: "group",
  title: "Sellers' corner",
  subject: null,
  participants: [
    { userId: "ben", role: "owner" },
    { userId: "clara", role: "admin" },
    { userId: "farid", role: "member" },
  ],
  daysAgo: 2,
  unread: { clara: 1, farid: 1 },
  lines: [
    [0, "ben", "I opened this so that we stop meeting only in other people's orders."],
    [7, "clara", "About time!"],
    [2, "farid", "Hello both. 👋", { reactions: [["👋", "ben", "clara"]] }],
    [30, "clara", "Does anyone else get more orders since the new search?"],
    [4, "farid", "Twice as many. Most of them read my profile to the end now."],
    [3, "ben", "Same here. I rewrote mine in the first person, that helped as well."],
    [DAY, "clara", "Ben, I send Ana's logo on Thursday. Do you need it in one colour, too?"],
    [12, "ben", "Yes please, for the footer."],
    [1, "clara", "Done tomorrow."],
    [50, "farid", "If you need it in Turkish … 😄"],
    [
      3,
      "ben",
      "A logo without words. The translator's nightmare.",
      { answers: 10, reactions: [["😂", "clara", "farid"]] },
    ],
  ],
};

export const relaunch: StoryConversation = {
  type: "project",
  title: "Café Keller: new website",
  subject: {
    type: "project",
    id: "cafe-keller",
    title: "Café Keller: new website",
    url: "https://marketplace.example/projects/cafe-keller",
    state: "concept",
  },
  participants: [
    { userId: "emma", role: "owner" },
    { userId: "david", role: "member" },
    { userId: "ben", role: "member" },
    { userId: "clara", role: "member" },
  ],
  daysAgo: 1,
  unread: { david: 2, emma: 1 },
  pinnedFor: ["emma"],
  lines: [
    [0, null, "The project “Café Keller: new website” was started."],
    [
      3,
      "emma",
      "Welcome everyone! I lead this project. David owns the cafés, Clara did the logo, Ben builds the site.",
    ],
    [8, "david", "Hello all. I am curious!"],
    [
      5,
      "emma",
      "The plan: concept this week, design next week, online before the first of Advent.",
      { pinnedBy: "emma", reactions: [["👍", "david", "ben", "clara"]] },
    ],
    [11, "ben", "Works for me. Do you want to take table reservations online, @David Keller?", { mentions: ["david"] }],
    [26, "david", "For the quiet one yes. For the one at the river there is no chance, people just sit down."],
    [6, "clara", "That is a nice line for the start page, actually.", { answers: 6 }],
    [4, "emma", "Noted! 📝"],
    [14 * 60, "ben", "I put a first structure of the pages together: https://sketches.example/cafe-keller"],
    [35, "clara", "I like it. The menu could be the hero, with the cups from the logo."],
    [9, "ben", "Good idea, I will try that."],
  ],
};

export const springMarket: StoryConversation = {
  type: "project",
  title: "Frühlingsmarkt am Bürkliplatz",
  subject: {
    type: "project",
    id: "118",
    title: "Frühlingsmarkt am Bürkliplatz",
    url: "https://marketplace.example/projects/118",
    state: "läuft",
  },
  participants: [
    { userId: "emma", role: "owner" },
    { userId: "ana", role: "admin" },
    { userId: "clara", role: "member" },
    { userId: "david", role: "member" },
  ],
  daysAgo: 4,
  unread: { ana: 3, david: 1 },
  lines: [
    [0, null, "Das Projekt „Frühlingsmarkt am Bürkliplatz“ wurde angelegt."],
    [5, "emma", "Hallo zusammen! Ein Stand, drei Läden: Blumen von Ana, Kaffee von David, Zeichnungen von Clara."],
    [3, "david", "Endlich machen wir das. 🙌", { reactions: [["🙌", "ana", "clara", "emma"]] }],
    [9, "ana", "Wie groß ist der Platz?"],
    [2, "emma", "Drei auf zwei Meter, Strom ist da, Wasser holen wir am Brunnen."],
    [14, "clara", "Ich zeichne vor Ort, Porträts mit Blume. Dafür reichen mir ein Hocker und Licht von links."],
    [4, "david", "Light from the left is where my machine goes. Shall we swap sides?", { answers: 6 }],
    [1, "clara", "Gern.", { answers: 7 }],
    [
      22,
      "emma",
      "Dann steht es so:\n\n- **Links:** Clara mit Hocker und Lampe\n- **Mitte:** Anas Tisch\n- **Rechts:** Davids Maschine, wegen des Stroms",
      { pinnedBy: "emma", reactions: [["👍", "ana", "david", "clara"]] },
    ],
    [DAY - 120, "ana", "Ich bringe 200 Tulpen, 80 Ranunkeln und was der Großmarkt hergibt."],
    [6, "david", "Und ich 12 kg Bohnen. Das reicht für den Samstag und den halben Sonntag."],
    [3, "clara", "Was machen wir, wenn es regnet?"],
    [
      2,
      "emma",
      "Das Dach ist dicht, ich habe darunter schon einmal geheiratet. 😄",
      { reactions: [["😂", "ana", "clara", "david"]] },
    ],
    [40, "ana", "Aufbau um sieben?"],
    [5, "david", "Um sechs, dann gibt es für alle einen Kaffee, bevor jemand etwas will."],
    [1, "clara", "☕️☕️☕️"],
    [DAY - 60, "emma", "Die Bewilligung der Stadt ist da."],
    [8, "ana", "Hurra! Muss sie am Stand hängen?"],
    [4, "emma", "Ja, gut sichtbar. Ich drucke sie aus.", { answers: 18 }],
    [17, "clara", "Für das Schild: „Blumen, Kaffee, dein Gesicht“ oder lieber nur unsere drei Namen?"],
    [2, "david", "Das Erste!"],
    [1, "ana", "Das Erste, unbedingt.", { reactions: [["💜", "clara"]] }],
    [
      DAY - 200,
      "emma",
      "Guten Morgen! @Ana Weber, hast du schon jemanden für Sonntagnachmittag?",
      { mentions: ["ana"] },
    ],
    [12, "david", "Meine Schwester könnte ab zwei."],
    [3, "clara", "Ich bleibe sowieso bis zum Schluss."],
  ],
};

export const news: StoryConversation = {
  type: "announcement",
  title: "Neues vom Marktplatz",
  subject: null,
  participants: ["ana", "ben", "clara", "david", "emma", "farid"].map((userId) => ({
    userId,
    role: "member" as const,
  })),
  daysAgo: 12,
  unread: { ana: 1, david: 1 },
  lines: [
    [0, null, "Willkommen auf dem Marktplatz! Hier steht, was alle angeht. Fragen beantwortet der Support."],
    [4 * DAY, null, "Ab sofort zahlen Kundinnen und Kunden in der Schweiz auch mit TWINT."],
    [
      5 * DAY,
      null,
      "On Sunday from 2 to 4 am we move to faster servers. What you write meanwhile is sent as soon as we are back.",
    ],
  ],
};

/** Two who understand each other. */
export const neighbours: StoryConversation = {
  type: "direct",
  title: null,
  subject: null,
  participants: [
    { userId: "clara", role: "member" },
    { userId: "farid", role: "member" },
  ],
  daysAgo: 0,
  unread: {},
  lines: [
    [0, "clara", "Abgabe geschafft!"],
    [1, "clara", "🎉"],
    [2, "farid", "🥳🥳🥳"],
    [1, "farid", "Heute Abend Eis?"],
    [1, "clara", "🍦"],
    [3, "farid", "👍", { reactions: [["❤️", "clara"]] }],
  ],
};
