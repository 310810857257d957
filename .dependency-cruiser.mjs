// Who may import whom. The layer is the file's name, the order of features is the order below: a feature imports only
// from those before it. See ARCHITECTURE.md.
const FEATURES = [
  "(auth|users)",
  "presence",
  "blocks",
  "participants",
  "conversations",
  "attachments",
  "quotas",
  "messages",
  "receipts",
  "preferences",
  "settings",
  "reactions",
  "typing",
  "search",
  "reports",
  "sync",
  "digests",
  "notifications",
  "webhooks",
  "analytics",
  "exports",
  "retention",
  "demo",
];

const features = "^apps/server/src/features/";
const tests = "\\.test\\.tsx?$";

const featureOrder = FEATURES.slice(0, -1).map((feature, index) => ({
  name: `feature-order-${feature.replace(/\W+/g, "-")}`,
  comment: `${feature} comes before these features and does not know them; what happens because of it is a subscriber.`,
  severity: "error",
  from: { path: `${features}${feature}/`, pathNot: tests },
  to: { path: `${features}(${FEATURES.slice(index + 1).join("|")})/` },
}));

export default {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "protocol-imports-nothing-of-ours",
      severity: "error",
      from: { path: "^packages/protocol/" },
      to: { path: "^(packages/(?!protocol)|apps|tests|node:)" },
    },
    {
      name: "client-knows-only-the-protocol",
      severity: "error",
      from: { path: "^packages/client/src", pathNot: tests },
      to: { path: "^(packages/(react|testkit)|apps|tests)|^node_modules/react|^node:" },
    },
    {
      name: "react-kit-never-speaks-to-the-network",
      severity: "error",
      from: { path: "^packages/react/src", pathNot: tests },
      to: { path: "^(packages/testkit|apps|tests)|node_modules/socket\\.io|^node:" },
    },
    {
      name: "server-never-imports-the-client",
      severity: "error",
      from: { path: "^apps/server/(src|presets)", pathNot: tests },
      to: { path: "^(packages/(client|react|testkit)|apps/(web|admin)|tests)" },
    },
    {
      name: "web-comes-through-public-entries",
      severity: "error",
      from: { path: "^apps/web/src" },
      to: { path: "^(packages/[^/]+/src/(?!index\\.ts$|styles(/parts)?\\.css$)|apps/server|tests)" },
    },
    {
      name: "packages-are-imported-by-their-entry",
      severity: "error",
      from: { path: "^packages/([^/]+)/" },
      to: { path: "^packages/([^/]+)/src/(?!index\\.ts$|styles\\.css$)", pathNot: "^packages/$1/" },
    },
    {
      name: "examples-come-through-public-entries",
      severity: "error",
      from: { path: "^examples/" },
      to: { path: "^(packages/[^/]+/src/(?!index\\.ts$|styles\\.css$)|apps|tests)" },
    },
    {
      name: "platform-knows-no-feature",
      severity: "error",
      from: { path: "^apps/server/src/platform/", pathNot: tests },
      to: { path: features, pathNot: `${features}auth/` },
    },
    {
      name: "sql-stands-in-stores",
      comment: "Only a feature's store (and row shapes) names statements.",
      severity: "error",
      from: { path: features, pathNot: `(/store\\.ts|/[a-z-]+-row\\.ts)$|${tests}` },
      to: { path: "^apps/server/src/platform/db/statement\\.ts$" },
    },
    {
      name: "ways-in-are-not-imported-by-use-cases",
      severity: "error",
      from: { path: `${features}[^/]+/`, pathNot: `(routes|socket)\\.ts$|${tests}` },
      to: { path: `${features}[^/]+/(routes|socket)\\.ts$` },
    },
    {
      name: "no-unresolvable",
      severity: "error",
      from: {},
      // Vite reads what stands behind the question mark.
      to: { couldNotResolve: true, pathNot: "\\.css\\?inline$" },
    },
    {
      name: "no-undeclared-packages",
      severity: "error",
      from: { path: "^(packages|apps)/[^/]+/src", pathNot: tests },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    ...featureOrder,
  ],
  options: {
    // swc reads TypeScript here (TypeScript 7 has no API); it does not tell type-only imports, so the rules hold for both
    tsPreCompilationDeps: true,
    doNotFollow: { path: ["node_modules", "dist"] },
    exclude: { path: "(^|/)(dist|coverage|\\.cache)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["source", "import", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
