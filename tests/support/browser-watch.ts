import type { BrowserContext } from "playwright-core";

/** Collects what no window of this context may do: complain in the console, break the page's policy, ask another host. */
export async function watchContext(context: BrowserContext, origin: string): Promise<string[]> {
  const complaints: string[] = [];
  context.on("request", (request) => {
    const url = new URL(request.url());
    const isOurs = url.host === new URL(origin).host || url.protocol === "blob:" || url.protocol === "data:";
    if (!isOurs) complaints.push(`request to ${url.host}`);
  });
  context.on("console", (message) => {
    const { url } = message.location();
    // The page asks for the history that its address names before it knows whether there is such a conversation.
    const isHistoryAsked =
      /\/api\/conversations\/nobody-knows[^/]*\/messages\?/.test(url) && message.text().includes("404");
    if (!isHistoryAsked && /^(error|warning)$/.test(message.type())) {
      complaints.push(`${message.type()}: ${message.text()} (${url})`);
    }
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  await context.exposeFunction("tellViolation", (directive: string) => complaints.push(`policy broken: ${directive}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      (globalThis as unknown as { tellViolation(directive: string): void }).tellViolation(event.violatedDirective);
    });
  });
  return complaints;
}
