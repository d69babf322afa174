/**
 * A tenth of the large org beside the demo's, in the running product: written through the real admission and settlement,
 * its owner the demo's. LARGE_RECORDS makes it another size.
 */
import { createApiToken } from "@yolo/control/api-token/create";
import { seedLarge } from "@yolo/prisma/seed-large";
import { connectDatabase } from "@yolo/store/prisma";
import { readSecrets } from "@yolo/store/secrets-file";
import type { Backstage } from "./backstage.ts";

export const LARGE_RECORDS = Number(process.env.LARGE_RECORDS ?? 100_000);
const LARGE_SESSIONS = LARGE_RECORDS / 200;
/** Seeding takes some 36 s for a tenth on two quiet cores. */
export const LARGE_MS = 120_000 + LARGE_RECORDS * 2;

export interface LargeOrg {
  readonly slug: string;
  readonly apiToken: string;
}

const SLUG = "large";
/** What Postgres would vacuum by itself within a minute of so many rows. */
const FILLED = ["record_search", "intents", "outcomes", "sessions"];

export async function seedLargeOrg(backstage: Backstage): Promise<LargeOrg> {
  const { appUrl, gatewayUrl, secretsFile, sql } = backstage;
  const startedAt = performance.now();
  const { context } = await seedLarge({
    ...{ appUrl, gatewayUrl, secrets: readSecrets(secretsFile), slug: SLUG },
    ...{ records: LARGE_RECORDS, sessions: LARGE_SESSIONS },
  });
  for (const table of FILLED) await sql.unsafe(`VACUUM ANALYZE org.${table}`);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  process.stdout.write(`${LARGE_RECORDS} records in ${seconds} s\n`);
  const database = connectDatabase(appUrl);
  try {
    const { token } = await createApiToken.run({ ...context, database }, { name: "e2e" });
    return { slug: SLUG, apiToken: token };
  } finally {
    await database.$disconnect();
  }
}
