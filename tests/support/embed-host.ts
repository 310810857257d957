import { pageOf, startHost } from "../../examples/host.mjs";
import { ensureEmbed, ensureExample } from "./browser-build.ts";
import { findSteadyPort } from "./find-steady-port.ts";
import { JWT_SECRET, SECRET_KEY, startServer, type TestServer } from "./start-server.ts";

export type Example = "html" | "react" | "vue";

/** A host's page on its own origin, with a strict policy, and Parley on another. */
export interface EmbedHost {
  readonly parley: TestServer;
  readonly hostUrl: string;
  readonly conversationId: string;
  stop(): Promise<void>;
}

/** Builds the script and the example where a source is newer, and starts both servers. */
export async function openEmbedHost(example: Example): Promise<EmbedHost> {
  await ensureEmbed();
  if (example !== "html") await ensureExample(example);
  const port = await findSteadyPort();
  const hostUrl = `http://localhost:${port}`;
  const parley = await startServer({ allowedOrigins: [hostUrl] });
  const secrets = { jwtSecret: JWT_SECRET, secretKey: SECRET_KEY };
  const host = await startHost({ folder: pageOf(example), parleyUrl: parley.url, port, ...secrets });
  return {
    parley,
    hostUrl,
    conversationId: host.conversationId,
    stop: async () => {
      await host.close();
      await parley.stop();
    },
  };
}
