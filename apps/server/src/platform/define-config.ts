import { conversationTypePolicy } from "@parley/protocol";
import { z } from "zod";

/** What a configuration file may say. Checked when the server starts. */
export const configFile = z.strictObject({
  /** Merged over the built-in types: a built-in type takes what is said here, a new one takes the rest from `group`. */
  conversationTypes: z
    .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/), conversationTypePolicy.partial())
    .optional(),
});
export type ConfigFile = z.input<typeof configFile>;

/** Types a configuration file: `export default defineConfig({ conversationTypes: { … } })`. */
export const defineConfig = (config: ConfigFile): ConfigFile => config;
