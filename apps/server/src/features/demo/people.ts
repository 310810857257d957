import type { UserProfile } from "@parley/protocol";

/** Somebody of the demo story, with a line that says who they are. */
export interface DemoPerson extends UserProfile {
  about: string;
}

/** The people of a small marketplace for services; whoever runs the demo signs in as one of them. */
export const demoPeople: readonly DemoPerson[] = [
  person("ana", "Ana Weber", "buyer", "Opens a flower shop in Zürich and needs a website."),
  person("ben", "Ben Hofmann", "seller", "Builds websites in Munich, mostly at night."),
  person("clara", "Clara Gruber", "seller", "Draws logos and illustrations in Vienna."),
  person("david", "David Keller", "buyer", "Runs two cafés in Basel and a newsletter."),
  person("emma", "Emma Schneider", "agency", "Leads projects at Studio Nordlicht in Hamburg."),
  person("farid", "Farid Yılmaz", "seller", "Translates German, Turkish and English in Berlin."),
];

function person(id: string, name: string, role: string, about: string): DemoPerson {
  return { id, name, picture: null, role, about };
}
