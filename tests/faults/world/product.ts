import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The built repository whose server is tested: this one, unless FAULT_SERVER_ROOT names another. */
export const productRoot = process.env["FAULT_SERVER_ROOT"] ?? fileURLToPath(new URL("../../..", import.meta.url));

/** Its compiled server: a folder with `dist` and `migrations`. */
export const productFolder = join(productRoot, "apps", "server");
