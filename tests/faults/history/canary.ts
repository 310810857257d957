/** Stands in everything that people write here: whoever takes no part must never see it. */
export const CANARY = "canary";
