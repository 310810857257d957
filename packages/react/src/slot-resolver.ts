import { type ComponentType, createElement } from "react";

/** The parts of the kit that a host may replace. */
export type SlotName =
  | "Avatar"
  | "ChatHeader"
  | "Composer"
  | "ConversationItem"
  | "DateSeparator"
  | "EmptyState"
  | "MessageBubble"
  | "SystemMessage"
  | "TypingIndicator";

export interface SlotResolver {
  /** The host's component for this part, else `fallback`; always the same one, so that nothing is mounted anew. */
  resolve<Props extends object>(name: SlotName, fallback: ComponentType<Props>): ComponentType<Props>;
}

/** Typed for hosts by `Slots` and `SlotProps`, which know the components and must not be known to them. */
type Replacements = Readonly<Partial<Record<SlotName, unknown>>>;
type MoreProps = Readonly<Partial<Record<SlotName, object>>>;

/** A look-up and nothing more, unless the host gives a part more props: then one component lies around it. */
export function createSlotResolver(slots: Replacements = {}, slotProps: MoreProps = {}): SlotResolver {
  const wrapped = new Map<SlotName, unknown>();
  return {
    resolve<Props extends object>(name: SlotName, fallback: ComponentType<Props>) {
      const component = (slots[name] as ComponentType<Props> | undefined) ?? fallback;
      const more = slotProps[name];
      if (more === undefined) return component;
      let withMore = wrapped.get(name) as ComponentType<Props> | undefined;
      if (withMore === undefined) {
        withMore = (props: Props) => createElement(component, { ...props, ...more });
        wrapped.set(name, withMore);
      }
      return withMore;
    },
  };
}
