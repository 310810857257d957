import type { UserProfile } from "@parley/protocol";
import { useState } from "react";
import { hueOf, initialsOf } from "../avatar-look.ts";
import { useChat } from "../chat-context.ts";
import { usePresence } from "../hooks/usePresence.ts";
import { classNames } from "./class-names.ts";
import { PeopleIcon } from "./icons.tsx";

export interface AvatarProps {
  readonly user: Pick<UserProfile, "id" | "name" | "picture">;
  readonly size?: "small" | "medium" | "large";
  /** Shows whether the person is here. */
  readonly presence?: boolean;
  readonly className?: string;
}

/** Picture of a person, else initials on a colour that belongs to the id. The name must stand beside it: it is decoration. */
export function Avatar({ user, size = "medium", presence = false, className }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const picture = user.picture !== null && user.picture !== broken ? user.picture : null;
  return (
    <span className={classNames("parley-avatar", `parley-avatar-${size}`, className)} data-hue={hueOf(user.id)}>
      {picture === null ? (
        <span aria-hidden="true">{initialsOf(user.name)}</span>
      ) : (
        <img src={picture} alt="" loading="lazy" referrerPolicy="no-referrer" onError={() => setBroken(picture)} />
      )}
      {presence && <PresenceDot userId={user.id} />}
    </span>
  );
}

/** For a conversation of several people. */
export function GroupAvatar({ id, size = "medium" }: { id: string; size?: "small" | "medium" | "large" }) {
  return (
    <span className={classNames("parley-avatar", "parley-avatar-group", `parley-avatar-${size}`)} data-hue={hueOf(id)}>
      <PeopleIcon />
    </span>
  );
}

/** Nothing for somebody who is not here: absence needs no colour. Told apart by form too, and by its text. */
function PresenceDot({ userId }: { userId: string }) {
  const { labels } = useChat();
  const status = usePresence(userId)?.status ?? "offline";
  if (status === "offline") return null;
  return (
    <span className="parley-presence" data-status={status} title={labels.presence[status]}>
      <span className="parley-hidden">{labels.presence[status]}</span>
    </span>
  );
}
