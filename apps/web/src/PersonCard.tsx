import { Avatar } from "@parley/react";
import type { UserProfile } from "@parley/protocol";
import { useAppLabels } from "./app-labels.ts";

export interface PersonCardProps {
  readonly person: UserProfile & { readonly about: string };
  readonly busy: boolean;
  readonly onChoose: (userId: string) => void;
}

/** One of the people of the demo story. */
export function PersonCard({ person, busy, onChoose }: PersonCardProps) {
  const labels = useAppLabels();
  return (
    <button type="button" className="person" aria-busy={busy} onClick={() => onChoose(person.id)}>
      <Avatar user={person} size="large" />
      <span className="person-text">
        <span className="person-name">{person.name}</span>
        {person.role !== null && <span className="person-role">{labels.roles[person.role] ?? person.role}</span>}
        <span className="person-about">{person.about}</span>
      </span>
    </button>
  );
}
