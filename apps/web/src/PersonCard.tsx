import { Avatar } from "@parley/react";
import type { UserProfile } from "@parley/protocol";
import { useAppLabels } from "./app-labels.ts";
import { usePreferences } from "./preferences.ts";

export interface PersonCardProps {
  readonly person: UserProfile & { readonly about: string };
  readonly busy: boolean;
  readonly onChoose: (userId: string) => void;
}

/** Who they are, on a German page: the story itself is told in English, and so is what the server says of its people. */
const inGerman: Readonly<Partial<Record<string, string>>> = {
  ana: "Eröffnet in Zürich einen Blumenladen und braucht eine Website.",
  ben: "Baut in München Websites, meist nachts.",
  clara: "Zeichnet in Wien Logos und Illustrationen.",
  david: "Führt in Basel zwei Cafés und einen Newsletter.",
  emma: "Leitet in Hamburg Projekte im Studio Nordlicht.",
  farid: "Übersetzt in Berlin Deutsch, Türkisch und Englisch.",
};

/** One of the people of the demo story. */
export function PersonCard({ person, busy, onChoose }: PersonCardProps) {
  const labels = useAppLabels();
  const { locale } = usePreferences();
  const about = locale === "de" ? inGerman[person.id] : undefined;
  return (
    <button type="button" className="person" aria-busy={busy} onClick={() => onChoose(person.id)}>
      <Avatar user={person} size="large" />
      <span className="person-text">
        <span className="person-name">{person.name}</span>
        {person.role !== null && <span className="person-role">{labels.roles[person.role] ?? person.role}</span>}
        <span className="person-about">{about ?? person.about}</span>
      </span>
    </button>
  );
}
