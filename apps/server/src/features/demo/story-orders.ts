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
  subject: order("4698", "Logo for two cafés", "delivered"),
  participants: pair("david", "clara"),
  daysAgo: 6,
  unread: { clara: 1 },
  lines: [
    [0, null, "Order 4698 was placed. Clara has 7 days to deliver."],
    [9, "clara", "Hello David, thanks for the order! Will you tell me what makes the two cafés different?"],
    [31, "david", "Hi Clara! One is loud and full of people, by the Rhine. The other is small and quiet, with books."],
    [4, "clara", "Lovely. Then I draw one cup that suits both: once with a wave, once with the back of a book."],
    [2, "david", "Exactly what I had in mind, without knowing it. 👏"],
    [DAY, "clara", "Three drafts are done: https://sketches.example/cafe-keller-logo"],
    [48, "david", "Number 2! My people in the shop say the same."],
    [3, "david", "Could the green be a little warmer?"],
    [12, "clara", "It could. I moved it closer to moss.", { answers: 8, reactions: [["🙏", "david"]] }],
    [20, "david", "Perfect."],
    [2 * DAY, "clara", "The final files are ready: SVG, PDF and a version for the stamp."],
    [15, null, "Clara delivered the order."],
    [64, "david", "It is all here. The stamp looks wonderful on the cups!", { reactions: [["🎉", "clara"]] }],
    [7, "clara", "That makes me very happy. Would you send me a photo?"],
    [DAY, "david", "I will, as soon as the new cups are here."],
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
  subject: order("4713", "Logo “Blumen Weber”", "in progress"),
  participants: pair("ana", "clara"),
  daysAgo: 2,
  unread: {},
  lines: [
    [0, null, "Order 4713 was placed. Clara has 7 days to deliver."],
    [12, "clara", "Hello Ana! Which flower shall it be, or rather none at all?"],
    [7, "ana", "Hi Clara! Not a rose, please. A tulip would be nice, I like those best."],
    [3, "clara", "A tulip then. May it lean a little?"],
    [1, "ana", "It must. 😄", { answers: 4, reactions: [["🌷", "clara"]] }],
    [DAY - 90, "clara", "Two sketches, in pencil: https://sketches.example/blumen-weber"],
    [44, "ana", "The second one! And can the stem be the W of Weber?", { reactions: [["💡", "clara"]] }],
    [6, "clara", "That is a very good idea. I make a clean drawing by Thursday, then Ben gets it as SVG."],
    [2, "ana", "Thank you!"],
  ],
};

export const photos: StoryConversation = {
  type: "order",
  title: null,
  subject: order("4655", "Photos of the shop", "disputed"),
  participants: pair("ana", "emma"),
  daysAgo: 9,
  unread: {},
  status: "locked",
  lines: [
    [0, null, "Order 4655 was placed. Studio Nordlicht has 10 days to deliver."],
    [25, "emma", "Hello Ana! Our photographer is in Zürich on Monday, does nine o’clock suit you?"],
    [18, "ana", "Perfect, it is still quiet then."],
    [2 * DAY, "ana", "Good morning Emma, it is half past ten and nobody was here. Has something happened?"],
    [70, "emma", "I am sorry. He is in bed with the flu and has told nobody."],
    [4, "ana", "I hope he gets well soon! I take the photos myself now and would like to return the order."],
    [9, "emma", "I understand, of course.", { answers: 6 }],
    [30, null, "The return is being looked into. Until then this conversation is locked."],
  ],
};

export const flyer: StoryConversation = {
  type: "order",
  title: null,
  subject: order("4502", "Flyer for the opening", "completed"),
  participants: pair("david", "farid"),
  daysAgo: 30,
  unread: {},
  status: "archived",
  lines: [
    [0, null, "Order 4502 was placed."],
    [8, "farid", "Hello David, in Turkish and German, right?"],
    [15, "david", "Exactly. The way people talk in the street, please, not as in an office."],
    [DAY, "farid", "Here it is. It says: come in, the coffee is already warm."],
    [33, "david", "I print that on the door.", { reactions: [["☕️", "farid"]] }],
    [DAY, null, "The order is completed."],
  ],
};
