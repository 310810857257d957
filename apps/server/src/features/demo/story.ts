import type { ParticipantRole, Subject } from "@parley/protocol";

/** One line of the story: how many minutes after the line before, who (null: the marketplace itself), and what. */
export type Line = readonly [minutes: number, senderId: string | null, content: string];

export interface StoryConversation {
  type: "order" | "group" | "project";
  title: string | null;
  subject: Subject | null;
  participants: readonly { userId: string; role: ParticipantRole }[];
  /** Days before today on which it begins. */
  daysAgo: number;
  lines: readonly Line[];
  /** Who has not read the end of it, and how many messages of it. */
  unread: Readonly<Record<string, number>>;
}

const DAY = 24 * 60;

const order = (id: string, title: string, state: string): Subject => ({
  type: "order",
  id,
  title,
  url: `https://marketplace.example/orders/${id}`,
  state,
});

const pair = (buyer: string, seller: string): StoryConversation["participants"] => [
  { userId: buyer, role: "member" },
  { userId: seller, role: "member" },
];

const website: StoryConversation = {
  type: "order",
  title: null,
  subject: order("4711", "Website for a flower shop", "in progress"),
  participants: pair("ana", "ben"),
  daysAgo: 3,
  unread: { ana: 2 },
  lines: [
    [0, null, "Order 4711 was placed. Ben has 10 days to deliver."],
    [4, "ana", "Hi Ben! So happy that you took this one. 🌷"],
    [3, "ben", "Hi Ana, thank you for the order! I read your brief, it is very clear."],
    [1, "ben", "Two questions before I begin: do you have a logo, and who takes the photos?"],
    [11, "ana", "The logo is being drawn right now, Clara sends it to me by Thursday."],
    [1, "ana", "Photos I take myself. My phone is quite good, is that enough?"],
    [6, "ben", "Daylight, no flash, and leave some air around the flowers. Then a phone is perfectly fine."],
    [2, "ana", "Great, I have big windows."],
    [95, "ben", "First sketch of the home page: https://sketches.example/flower-shop-1"],
    [22, "ana", "Oh, that is lovely! I like how calm it is."],
    [1, "ana", "Could the opening hours stand at the very top? People call me about them every single day."],
    [8, "ben", "Of course. I put them next to the address, and on a phone they come first."],
    [DAY - 60, "ben", "Good morning! The shop page is done, with seasonal bouquets and a form for orders."],
    [34, "ana", "Morning! I am trying it out."],
    [18, "ana", "The form works. One thing: the date field lets me choose Sunday, but we are closed on Sundays."],
    [5, "ben", "Good catch. Fixed, and holidays are left out as well."],
    [40, "ana", "Perfect."],
    [DAY - 30, null, "Ben marked the first milestone as delivered."],
    [3, "ben", "The first milestone is online for you to look at."],
    [
      27,
      "ana",
      "Looks wonderful on my laptop and on my phone. My mother managed to order a bouquet, so anyone can. 😄",
    ],
    [2, "ben", "That is the best test there is!"],
    [9, "ana", "I accept the milestone today. What do you need from me for the second one?"],
    [14, "ben", "The logo as SVG, about ten photos, and two or three sentences about you."],
    [1, "ben", "No hurry, I am working on the newsletter form until Friday."],
  ],
};

const logo: StoryConversation = {
  type: "order",
  title: null,
  subject: order("4698", "Logo für zwei Cafés", "delivered"),
  participants: pair("david", "clara"),
  daysAgo: 6,
  unread: {},
  lines: [
    [0, null, "Bestellung 4698 ist eingegangen. Clara liefert innerhalb von 7 Tagen."],
    [9, "clara", "Grüezi David, danke für den Auftrag! Erzählst du mir kurz, was die beiden Cafés unterscheidet?"],
    [
      31,
      "david",
      "Hallo Clara! Das eine ist laut und voller Leute, am Rhein. Das andere ist klein und still, mit Büchern.",
    ],
    [4, "clara", "Schön. Dann zeichne ich eine Tasse, die zu beiden passt: einmal mit Welle, einmal mit Buchrücken."],
    [2, "david", "Genau so etwas habe ich mir vorgestellt, ohne es zu wissen. 👏"],
    [DAY, "clara", "Drei Entwürfe sind fertig: https://entwuerfe.example/cafe-keller"],
    [48, "david", "Nummer 2! Meine Leute im Laden sagen dasselbe."],
    [3, "david", "Geht das Grün etwas wärmer?"],
    [12, "clara", "Geht. Ich habe es näher ans Moos gerückt."],
    [20, "david", "Perfekt."],
    [2 * DAY, "clara", "Die fertigen Dateien liegen bereit: SVG, PDF und eine Fassung für den Stempel."],
    [15, null, "Clara hat die Bestellung geliefert."],
    [64, "david", "Alles angekommen. Der Stempel sieht auf den Bechern großartig aus!"],
    [7, "clara", "Das freut mich sehr. Schickst du mir ein Foto?"],
    [DAY, "david", "Mache ich, sobald die neuen Becher da sind."],
  ],
};

const translation: StoryConversation = {
  type: "order",
  title: null,
  subject: order("4720", "Menu in three languages", "new"),
  participants: pair("ana", "farid"),
  daysAgo: 0,
  unread: { farid: 1 },
  lines: [
    [0, null, "Order 4720 was placed. Farid has 3 days to deliver."],
    [2, "farid", "Hello Ana! German, English and Turkish, right? How many words is it?"],
    [5, "ana", "Hi Farid! Exactly. It is the price list and the care instructions, about 600 words."],
    [1, "farid", "Then you have it tomorrow evening."],
    [3, "ana", "That fast? Wonderful."],
    [6, "farid", "Plants are my favourite subject. My grandmother had a nursery in İzmir. 🌱"],
    [4, "ana", "Then you surely know a better word for “Usambaraveilchen” than I do."],
  ],
};

const regulars: StoryConversation = {
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
    [2, "farid", "Hello both. 👋"],
    [30, "clara", "Does anyone else get more orders since the new search?"],
    [4, "farid", "Twice as many. Most of them read my profile to the end now."],
    [3, "ben", "Same here. I rewrote mine in the first person, that helped as well."],
    [DAY, "clara", "Ben, I send Ana's logo on Thursday. Do you need it in one colour, too?"],
    [12, "ben", "Yes please, for the footer."],
    [1, "clara", "Done tomorrow."],
    [50, "farid", "If you need it in Turkish … 😄"],
    [3, "ben", "A logo without words. The translator's nightmare."],
  ],
};

const relaunch: StoryConversation = {
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
  lines: [
    [0, null, "The project “Café Keller: new website” was started."],
    [
      3,
      "emma",
      "Welcome everyone! I lead this project. David owns the cafés, Clara did the logo, Ben builds the site.",
    ],
    [8, "david", "Hello all. I am curious!"],
    [5, "emma", "The plan: concept this week, design next week, online before the first of Advent."],
    [11, "ben", "Works for me. Do you want to take table reservations online, David?"],
    [26, "david", "For the quiet one yes. For the one at the river there is no chance, people just sit down."],
    [6, "clara", "That is a nice line for the start page, actually."],
    [4, "emma", "Noted! 📝"],
    [14 * 60, "ben", "I put a first structure of the pages together: https://sketches.example/cafe-keller"],
    [35, "clara", "I like it. The menu could be the hero, with the cups from the logo."],
    [9, "ben", "Good idea, I will try that."],
  ],
};

export const story: readonly StoryConversation[] = [logo, website, regulars, relaunch, translation];
