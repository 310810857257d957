import { classNames } from "./class-names.ts";

const shapes = {
  messages: ["start", "start long", "end", "start long", "end long", "end"],
  conversations: ["row", "row", "row", "row", "row", "row"],
} as const;

/** The form of what is coming. It stays invisible for a moment, so that a quick load does not flicker. */
export function Skeleton({ of, label, className }: { of: keyof typeof shapes; label: string; className?: string }) {
  return (
    <div className={classNames("parley-skeleton", `parley-skeleton-${of}`, className)} role="status">
      <span className="parley-hidden">{label}</span>
      {shapes[of].map((shape, index) => (
        // The shapes never change their order.
        <span key={index} data-shape={shape} aria-hidden="true" />
      ))}
    </div>
  );
}
