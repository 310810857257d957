import { neighbours, news, regulars, relaunch, springMarket } from "./story-groups.ts";
import { drawing, flyer, logo, photos, translation, website } from "./story-orders.ts";
import type { StoryConversation } from "./story-conversation.ts";

/** What the people of the demo are in the middle of, in German and English, as it is said on such a marketplace. */
export const story: readonly StoryConversation[] = [
  flyer,
  news,
  photos,
  logo,
  website,
  regulars,
  drawing,
  springMarket,
  relaunch,
  translation,
  neighbours,
];
