import type { FastifyHelmetOptions } from "@fastify/helmet";
import type { Config } from "../config.ts";

/** Headers for everything that is served. Nothing from elsewhere runs in our pages; pictures come from the host. */
export function securityHeaders({ publicUrl, allowedOrigins }: Config): FastifyHelmetOptions {
  const { protocol, host } = new URL(publicUrl);
  const secure = protocol === "https:";
  return {
    global: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:", "blob:", "https:", "http:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", `${secure ? "wss" : "ws"}://${host}`],
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'", ...allowedOrigins],
      },
    },
    // frame-ancestors says it, and can name the host's pages.
    frameguard: false,
    hsts: secure,
    referrerPolicy: { policy: "same-origin" },
    // Embedding pages read modules, fonts and the API alike, by CORS: nothing is for those that do not ask so.
    crossOriginResourcePolicy: { policy: "same-origin" },
  };
}
