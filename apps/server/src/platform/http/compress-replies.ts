import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { addVary } from "./add-vary.ts";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Below this many bytes it is one packet anyhow. */
const SMALLEST = 1_400;
/** Half of the time of the best, and nearly as small: this is done anew for each answer. */
const BROTLI_QUALITY = 4;
const GZIP_LEVEL = 5;
const COMPRESSED = /^(application\/(problem\+)?json|text\/(html|plain))/;

/**
 * Sends JSON and pages that are made for a request compressed, as far as the browser understands it. Not to what another site makes a
 * browser ask for: whoever could choose a part of an answer and watch the sizes would learn of the rest (BREACH).
 */
export function compressReplies(http: FastifyInstance): void {
  http.addHook("onSend", async (request, reply, payload) => {
    if (typeof payload !== "string" || payload.length < SMALLEST || !isCompressible(reply)) return payload;
    addVary(reply, "accept-encoding");
    if (isAskedForByOthers(request)) return payload;
    const encoding = encodingFor(request.headers["accept-encoding"] ?? "");
    if (encoding === null) return payload;
    reply.header("content-encoding", encoding).removeHeader("content-length");
    return encoding === "br" ? compressWithBrotli(payload) : zip(payload, { level: GZIP_LEVEL });
  });
}

function compressWithBrotli(text: string): Promise<Buffer> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  return brotli(text, { params });
}

function isCompressible(reply: FastifyReply): boolean {
  return !reply.hasHeader("content-encoding") && COMPRESSED.test(String(reply.getHeader("content-type") ?? ""));
}

/** A browser says who asked, a page of a sibling domain among them; whoever is no browser cannot be made to ask. */
function isAskedForByOthers({ headers }: FastifyRequest): boolean {
  const site = headers["sec-fetch-site"];
  return (site === "cross-site" || site === "same-site") && headers.authorization === undefined;
}

/** The better one of what is understood; `q=0` says that it is not. */
function encodingFor(accepted: string): "br" | "gzip" | null {
  const wanted = accepted.split(",").filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part));
  const names = new Set(wanted.map((part) => part.split(";", 1)[0]?.trim().toLowerCase()));
  if (names.has("br")) return "br";
  return names.has("gzip") ? "gzip" : null;
}
