import type { Subject } from "@parley/protocol";
import { DAY, type StoryConversation } from "./story-conversation.ts";

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

export const website: StoryConversation = {
  type: "order",
  title: null,
  subject: order("4711", "Website for a flower shop", "in progress"),
  participants: pair("ana", "ben"),
  daysAgo: 3,
  unread: { ana: 2 },
  pinnedFor: ["ana"],
  lines: [
    [0, null, "Order 4711 was placed. Ben has 10 days to deliver."],
    [4, "ana", "Hi Ben! So happy that you took this one. 🌷", { reactions: [["🌷", "ben"]] }],
    [3, "ben", "Hi Ana, thank you for the order! I read your brief, it is very clear."],
    [1, "ben", "Two questions before I begin: do you have a logo, and who takes the photos?"],
    [11, "ana", "The logo is being drawn right now, Clara sends it to me by Thursday."],
    [1, "ana", "Photos I take myself. My phone is quite good, is that enough?"],
    [
      6,
      "ben",
      "Daylight, no flash, and leave some air around the flowers. Then a phone is perfectly fine.",
      { answers: 6 },
    ],
    [2, "ana", "Great, I have big windows."],
    [95, "ben", "First sketch of the home page: https://sketches.example/flower-shop-1"],
    [22, "ana", "Oh, that is lovely! I like how calm it is.", { reactions: [["❤️", "ben"]] }],
    [1, "ana", "Could the opening hours stand at the very top? People call me about them every single day."],
    [8, "ben", "Of course. I put them next to the address, and on a phone they come first."],
    [DAY - 60, "ben", "Good morning! The shop page is done, with seasonal bouquets and a form for orders."],
    [34, "ana", "Morning! I am trying it out."],
    [18, "ana", "The form works. One thing: the date field lets me choose Sunday, but we are closed on Sundays."],
    [5, "ben", "Good catch. Fixed, and holidays are left out as well.", { answers: 15, reactions: [["👍", "ana"]] }],
    [40, "ana", "Perfect."],
    [DAY - 30, null, "Ben marked the first milestone as delivered."],
    [3, "ben", "The first milestone is online for you to look at."],
    [
      27,
      "ana",
      "Looks wonderful on my laptop and on my phone. My mother managed to order a bouquet, so anyone can. 😄",
      { reactions: [["😄", "ben"]] },
    ],
    [2, "ben", "That is the best test there is!"],
    [9, "ana", "I accept the milestone today. What do you need from me for the second one?"],
    [14, "ben", "The logo as SVG, about ten photos, and two or three sentences about you.", { pinnedBy: "ana" }],
    [1, "ben", "No hurry, I am working on the newsletter form until Friday."],
  ],
};

export const logo: StoryConversation = {
  type: "order",
  title: null,
  subject: order("4698", "Logo für zwei Cafés", "delivered"),
  participants: pair("david", "clara"),
  daysAgo: 6,
  unread: { clara: 1 },
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
    [12, "clara", "Geht. Ich habe es näher ans Moos gerückt.", { answers: 8, reactions: [["🙏", "david"]] }],
    [20, "david", "Perfekt."],
    [2 * DAY, "clara", "Die fertigen Dateien liegen bereit: SVG, PDF und eine Fassung für den Stempel."],
    [15, null, "Clara hat die Bestellung geliefert."],
    [
      64,
      "david",
      "Alles angekommen. Der Stempel sieht auf den Bechern großartig aus!",
      { reactions: [["🎉", "clara"]] },
    ],
    [7, "clara", "Das freut mich sehr. Schickst du mir ein Foto?"],
    [DAY, "david", "Mache ich, sobald die neuen Becher da sind."],
  ],
};

export const translation: StoryConversation = {
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

export const drawing: StoryConversation = {
  type: "order",
  title: null,
  subject: order("4713", "Logo „Blumen Weber“", "in Arbeit"),
  participants: pair("ana", "clara"),
  daysAgo: 2,
  unread: {},
  lines: [
    [0, null, "Bestellung 4713 ist eingegangen. Clara liefert innerhalb von 7 Tagen."],
    [12, "clara", "Servus Ana! Welche Blume soll es denn werden, oder lieber gar keine?"],
    [7, "ana", "Sali Clara! Bitte keine Rose. Tulpe wäre schön, die mag ich am liebsten."],
    [3, "clara", "Tulpe also. Darf sie ein bisschen schief stehen?"],
    [1, "ana", "Unbedingt. 😄", { answers: 4, reactions: [["🌷", "clara"]] }],
    [DAY - 90, "clara", "Zwei Skizzen, mit Bleistift: https://entwuerfe.example/blumen-weber"],
    [44, "ana", "Die zweite! Und kann der Stiel das W von Weber sein?", { reactions: [["💡", "clara"]] }],
    [6, "clara", "Das ist eine sehr gute Idee. Ich zeichne es bis Donnerstag ins Reine, dann bekommt Ben es als SVG."],
    [2, "ana", "Danke dir!"],
  ],
};

export const photos: StoryConversation = {
  type: "order",
  title: null,
  subject: order("4655", "Fotos vom Laden", "strittig"),
  participants: pair("ana", "emma"),
  daysAgo: 9,
  unread: {},
  status: "locked",
  lines: [
    [0, null, "Bestellung 4655 ist eingegangen. Studio Nordlicht liefert innerhalb von 10 Tagen."],
    [25, "emma", "Moin Ana! Unser Fotograf ist am Montag in Zürich, passt dir neun Uhr?"],
    [18, "ana", "Perfekt, da ist noch kein Betrieb."],
    [2 * DAY, "ana", "Guten Morgen Emma, es ist halb elf und es war niemand da. Ist etwas passiert?"],
    [70, "emma", "Das tut mir leid. Er liegt mit Grippe im Bett und hat niemandem Bescheid gesagt."],
    [4, "ana", "Gute Besserung ihm! Ich mache die Fotos jetzt selbst und möchte die Bestellung zurückgeben."],
    [9, "emma", "Das verstehe ich, natürlich.", { answers: 6 }],
    [30, null, "Die Rückgabe wird geprüft. So lange ist diese Unterhaltung gesperrt."],
  ],
};

export const flyer: StoryConversation = {
  type: "order",
  title: null,
  subject: order("4502", "Flyer zur Eröffnung", "abgeschlossen"),
  participants: pair("david", "farid"),
  daysAgo: 30,
  unread: {},
  status: "archived",
  lines: [
    [0, null, "Bestellung 4502 ist eingegangen."],
    [8, "farid", "Hallo David, auf Türkisch und Englisch, richtig?"],
    [15, "david", "Genau. Bitte so, wie man in Kreuzberg spricht, nicht wie im Amt."],
    [DAY, "farid", "Hier ist er. „Komm rein, der Kaffee ist schon warm.“"],
    [33, "david", "Den Satz drucke ich auf die Tür.", { reactions: [["☕️", "farid"]] }],
    [DAY, null, "Die Bestellung ist abgeschlossen."],
  ],
};
