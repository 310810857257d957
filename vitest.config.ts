import { defineConfig } from "vitest/config";

/** Workspace packages are tested from their sources, not from a build. */
const fromSources = {
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"], externalConditions: ["source"] } },
};

/** Starts one PostgreSQL for the whole run and a migrated template in it; see tests/support/database.ts. */
const withDatabase = { globalSetup: ["tests/support/global-setup.ts"] };

/** Kills processes and opens browsers: one file after the other, with time to recover. */
const slowly = { fileParallelism: false, testTimeout: 180_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    projects: [
      {
        ...fromSources,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.{ts,tsx}", "apps/*/src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
          exclude: ["**/*.db.test.ts", "**/node_modules/**", "**/dist/**"],
        },
      },
      {
        ...fromSources,
        test: {
          ...withDatabase,
          name: "server",
          include: ["apps/server/src/**/*.db.test.ts", "tests/{plans,stories}/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...fromSources,
        test: {
          ...withDatabase,
          ...slowly,
          name: "faults",
          include: ["tests/{faults,durability,fuzz}/**/*.test.ts"],
        },
      },
      {
        ...fromSources,
        test: { ...withDatabase, ...slowly, name: "browser", include: ["tests/browser/**/*.test.ts"] },
      },
      {
        ...fromSources,
        test: { ...withDatabase, ...slowly, name: "deploy", include: ["tests/deploy/**/*.test.ts"] },
      },
    ],
  },
});
