/** What a failure was, without its text: messages of the database repeat what people wrote. */
export function describeFailure(error: unknown): { name: string; code?: string; at?: string } {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  const frames = error.stack
    ?.split("\n")
    .filter((line) => line.startsWith("    at "))
    .slice(0, 6);
  return {
    name: error.name,
    ...code,
    ...(frames !== undefined && { at: frames.map((line) => line.trim()).join(" < ") }),
  };
}
