/**
 * Two projects: `unit` needs nothing but this checkout; `integration` (`*.integration.test.ts`) shares one real
 * Postgres and one real Redis, and starts processes.
 */
import { defineConfig } from "vitest/config";

const NOT_OURS = ["**/node_modules/**", "**/.next/**", "**/.local/**", "e2e/**"];
const INTEGRATION = "**/*.integration.test.ts";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...NOT_OURS, INTEGRATION],
          testTimeout: 10_000,
        },
      },
      {
        test: {
          name: "integration",
          include: [INTEGRATION],
          exclude: NOT_OURS,
          globalSetup: ["infra/local/vitest-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
