import { neighbours, news, regulars, relaunch, springMarket } from "./story-groups.ts";
import { drawing, flyer, logo, photos, translation, website } from "./story-orders.ts";
import type { StoryConversation } from "./story-conversation.ts";

/** What the people of the demo are in the middle of, all in one language: nobody has to switch between two. */
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
