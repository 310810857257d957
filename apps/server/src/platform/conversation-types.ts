import type { ConversationTypePolicy } from "@parley/protocol";
import type { ConfigFile } from "./define-config.ts";

const usual: ConversationTypePolicy = {
  openBy: "host",
  uniquePerSubject: false,
  uniquePerPair: false,
  maxParticipants: 100,
  maxTextLength: 5_000,
  messageRate: { count: 30, seconds: 60 },
  editWindowSeconds: 900,
  writers: "participants",
  searchRate: { count: 10, seconds: 60 },
};

const group: ConversationTypePolicy = { ...usual, openBy: "users" };

const builtIn: Readonly<Record<string, ConversationTypePolicy>> = {
  direct: { ...usual, openBy: "users", uniquePerPair: true, maxParticipants: 2 },
  group,
  order: { ...usual, uniquePerSubject: true, maxParticipants: 10, maxTextLength: 2_000 },
  project: usual,
  gig: { ...usual, uniquePerSubject: true, maxParticipants: 10 },
  support: { ...usual, maxParticipants: 50 },
  announcement: { ...usual, maxParticipants: 10_000, writers: "admins" },
};

type Overrides = NonNullable<ConfigFile["conversationTypes"]>[string];

/** The built-in types, with what each file says laid over them in turn. A new type takes what it leaves out from `group`. */
export function mergeConversationTypes(files: readonly ConfigFile[]): ReadonlyMap<string, ConversationTypePolicy> {
  const types = new Map(Object.entries(builtIn));
  for (const { conversationTypes = {} } of files) {
    for (const [name, overrides] of Object.entries(conversationTypes)) {
      types.set(name, overlay(types.get(name) ?? group, overrides));
    }
  }
  return types;
}

function overlay(base: ConversationTypePolicy, overrides: Overrides): ConversationTypePolicy {
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  return { ...base, ...(Object.fromEntries(given) as Partial<ConversationTypePolicy>) };
}
