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
  title: "Spring market at the lake",
  subject: {
    type: "project",
    id: "118",
    title: "Spring market at the lake",
    url: "https://marketplace.example/projects/118",
    state: "under way",
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
    [0, null, "The project “Spring market at the lake” was started."],
    [5, "emma", "Hello all! One stall, three shops: flowers by Ana, coffee by David, drawings by Clara."],
    [3, "david", "At last we are doing this. 🙌", { reactions: [["🙌", "ana", "clara", "emma"]] }],
    [9, "ana", "How big is the pitch?"],
    [2, "emma", "Three by two metres, there is power, and we get water from the fountain."],
    [14, "clara", "I draw on the spot, portraits with a flower. A stool and light from the left will do."],
    [4, "david", "Light from the left is where my machine goes. Shall we swap sides?", { answers: 6 }],
    [1, "clara", "Gladly.", { answers: 7 }],
    [
      22,
      "emma",
      "Then it stands like this:\n\n- **Left:** Clara with stool and lamp\n- **Middle:** Ana's table\n- **Right:** David's machine, because of the power",
      { pinnedBy: "emma", reactions: [["👍", "ana", "david", "clara"]] },
    ],
    [DAY - 120, "ana", "I bring 200 tulips, 80 ranunculi and whatever else the flower market has."],
    [6, "david", "And I bring 12 kg of beans. That is enough for Saturday and half of Sunday."],
    [3, "clara", "What do we do when it rains?"],
    [2, "emma", "The roof is tight, I got married under it once. 😄", { reactions: [["😂", "ana", "clara", "david"]] }],
    [40, "ana", "Setting up at seven?"],
    [5, "david", "At six, then there is coffee for all of us before anybody wants anything."],
    [1, "clara", "☕️☕️☕️"],
    [DAY - 60, "emma", "The city's permit is here."],
    [8, "ana", "Hooray! Does it have to hang at the stall?"],
    [4, "emma", "Yes, for all to see. I print it.", { answers: 18 }],
    [17, "clara", "For the sign: “Flowers, coffee, your face”, or rather just our three names?"],
    [2, "david", "The first!"],
    [1, "ana", "The first, by all means.", { reactions: [["💜", "clara"]] }],
    [
      DAY - 200,
      "emma",
      "Good morning! @Ana Weber, have you found somebody for Sunday afternoon?",
      { mentions: ["ana"] },
    ],
    [12, "david", "My sister could come from two."],
    [3, "clara", "I stay to the end anyway."],
  ],
};

export const news: StoryConversation = {
  type: "announcement",
  title: "News of the marketplace",
  subject: null,
  participants: ["ana", "ben", "clara", "david", "emma", "farid"].map((userId) => ({
    userId,
    role: "member" as const,
  })),
  daysAgo: 12,
  unread: { ana: 1, david: 1 },
  lines: [
    [0, null, "Welcome to the marketplace! Here stands what concerns everybody. Support answers your questions."],
    [4 * DAY, null, "From now on customers in Switzerland can pay with TWINT as well."],
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
    [0, "clara", "Handed in!"],
    [1, "clara", "🎉"],
    [2, "farid", "🥳🥳🥳"],
    [1, "farid", "Ice cream tonight?"],
    [1, "clara", "🍦"],
    [3, "farid", "👍", { reactions: [["❤️", "clara"]] }],
  ],
};
