/**
 * Three projects: `unit` needs nothing but this checkout; `integration` (`*.integration.test.ts`) shares one real
 * Postgres and one real Redis, and starts processes; `heavy` are those of them that take longest.
 */
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const NOT_OURS = ["**/node_modules/**", "**/.next/**", "**/.local/**", "e2e/**"];
const INTEGRATION = "**/*.integration.test.ts";
/** Vitest begins with the project whose name comes first: so none of these is still going when all else is done. */
const HEAVY = ["apps/gateway/test/guarantees/*.test.ts", "infra/local/start.integration.test.ts"];

/** What must happen at all is waited for this long: the machine may have much else to do. */
const PATIENCE_MS = 60_000;
const services = {
  globalSetup: ["infra/local/vitest-setup.ts"],
  testTimeout: 2 * PATIENCE_MS,
  hookTimeout: 2 * PATIENCE_MS,
  expect: { poll: { timeout: PATIENCE_MS } },
};

export default defineConfig({
  test: {
    // A suite waits for servers and deadlines most of the time: where there are few cores, two files still go well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...NOT_OURS, INTEGRATION],
          testTimeout: PATIENCE_MS,
          expect: { poll: { timeout: PATIENCE_MS / 2 } },
        },
      },
      {
        test: {
          ...services,
          name: "integration",
          include: [INTEGRATION],
          exclude: [...NOT_OURS, ...HEAVY],
        },
      },
      {
        test: { ...services, name: "heavy", include: HEAVY },
      },
    ],
  },
});
