import { defineConfig } from "vitest/config";

/** Workspace packages are tested from their sources, not from a build. */
const fromSources = {
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"], externalConditions: ["source"] } },
};

/** Starts one PostgreSQL for the whole run and a migrated template in it; see tests/support/database.ts. */
const withDatabase = { globalSetup: ["tests/support/global-setup.ts"] };

/** What is waited for in a test comes when it comes: a machine may be busy with something else. */
const patiently = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 10_000 } } };

/**
 * Files share the modules of a process: the server is loaded once and not for each file. What a file mocks or starts it takes
 * back. Not for the packages, which keep what is one for a page in their modules.
 */
const shared = { isolate: false };

/** Opens browsers and starts servers: with time to wait for them. */
const slowly = { ...patiently, testTimeout: 180_000, hookTimeout: 180_000 };

/**
 * Two files at a time: most of their time is waiting, for a clock or for a page. All of them are one group, so that neither
 * of the two waits for the other before the last file.
 */
const inPairs = { maxWorkers: 2, sequence: { groupOrder: 0 } };

/** Kills processes and stops clocks, of its own all of them: when all else is done. */
const inPairsAfterwards = { maxWorkers: 2, sequence: { groupOrder: 1 } };

export default defineConfig({
  test: {
    projects: [
      {
        ...fromSources,
        test: {
          ...patiently,
          ...inPairs,
          name: "unit",
          include: [
            "packages/*/src/**/*.test.{ts,tsx}",
            "apps/!(server)/src/**/*.test.{ts,tsx}",
            "{scripts,bench}/**/*.test.ts",
          ],
        },
      },
      {
        ...fromSources,
        test: {
          ...withDatabase,
          ...shared,
          ...patiently,
          ...inPairs,
          name: "server",
          include: ["apps/server/src/**/*.test.ts", "tests/{plans,stories}/**/*.test.ts"],
        },
      },
      {
        ...fromSources,
        test: {
          ...withDatabase,
          ...shared,
          ...slowly,
          ...inPairsAfterwards,
          name: "faults",
          include: ["tests/faults/**/*.test.ts"],
        },
      },
      {
        ...fromSources,
        test: {
          ...withDatabase,
          ...shared,
          ...slowly,
          ...inPairs,
          name: "fuzz",
          include: ["tests/{durability,fuzz}/**/*.test.ts"],
        },
      },
      {
        ...fromSources,
        test: {
          ...withDatabase,
          ...shared,
          ...slowly,
          ...inPairs,
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
        },
      },
      {
        ...fromSources,
        test: {
          ...withDatabase,
          ...shared,
          ...slowly,
          ...inPairs,
          name: "deploy",
          include: ["tests/deploy/**/*.test.ts"],
        },
      },
    ],
  },
});
