import { defineComponent, h, type PropType } from "vue";

/** A typed wrapper: attributes for what is simple, properties (with a dot) for the rest, events without their prefix. */
export const ParleyChat = defineComponent({
  name: "ParleyChat",
  props: {
    of: { type: String as PropType<"inbox" | "chatbox" | "popup">, default: "inbox" },
    conversationId: { type: String, default: undefined },
    getToken: { type: Function as PropType<() => Promise<string | null>>, required: true },
    labels: { type: Object as PropType<Readonly<Record<string, unknown>>>, default: undefined },
    theme: { type: String as PropType<"light" | "dark" | "auto">, default: undefined },
  },
  emits: {
    unread: (_total: number) => true,
    open: (_conversationId: string) => true,
    error: (_problem: { code: string; message: string }) => true,
  },
  setup: (props, { emit }) => {
    return () =>
      h(`parley-${props.of}`, {
        "conversation-id": props.conversationId,
        theme: props.theme,
        ".getToken": props.getToken,
        ".labels": props.labels,
        "onParley-unread": (event: CustomEvent<{ total: number }>) => emit("unread", event.detail.total),
        "onParley-open": (event: CustomEvent<{ conversationId: string }>) => emit("open", event.detail.conversationId),
        "onParley-error": (event: CustomEvent<{ code: string; message: string }>) => emit("error", event.detail),
      });
  },
});
