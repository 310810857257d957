import { catalogue, type Locale } from "./labels/catalogue.ts";
import { LocalizedChatProvider, type LocalizedChatProviderProps } from "./LocalizedChatProvider.tsx";

export interface ChatProviderProps extends Omit<LocalizedChatProviderProps, "locale" | "catalogue"> {
  readonly locale?: Locale;
}

/** Gives the kit its chat client, its language and what the host wants to be different. The host connects and closes the client. */
export function ChatProvider({ locale = "en", ...rest }: ChatProviderProps) {
  return <LocalizedChatProvider {...rest} locale={locale} catalogue={catalogue[locale]} />;
}
