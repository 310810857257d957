import type { ComponentType } from "react";
import { useChat } from "../chat-context.ts";
import type { SlotName } from "../slot-resolver.ts";

/** The host's component for a part of the kit, else the kit's own. */
export function useSlot<Props extends object>(name: SlotName, fallback: ComponentType<Props>): ComponentType<Props> {
  return useChat().slots.resolve(name, fallback);
}
