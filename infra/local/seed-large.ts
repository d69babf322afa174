/**
 * `npm run seed:large`: an org with a million records, where `npm start` will find it (or in DATABASE_URL). Its owner is
 * the demo's. `-- --records 100000 --sessions 500 --slug busy` say otherwise.
 */
import { parseArgs } from "node:util";
import { OperatorError, runCommand } from "@yolo/prisma/operator-error";
import { seedLarge } from "@yolo/prisma/seed-large";
import { readSecrets } from "@yolo/store/secrets-file";
import { z } from "zod";
import { lockDataFolder, openDataFolder } from "./data-folder.ts";
import { keepSecretsFile } from "./secrets.ts";
import { readSettings } from "./settings.ts";
import { openStores } from "./stores.ts";

const SAID_EVERY = 50_000;

const options = z.object({
  records: z.coerce.number().int().min(1).max(20_000_000).default(1_000_000),
  sessions: z.coerce.number().int().min(1).max(1_000_000).default(5_000),
  slug: z.string().default("large"),
});

await runCommand(async () => {
  const { records, sessions, slug } = readArguments();
  await using cleanup = new AsyncDisposableStack();
  const settings = readSettings(process.env);
  const data = openDataFolder(settings.YOLO_DATA);
  cleanup.defer(lockDataFolder(data));
  const { appUrl, gatewayUrl } = await openStores({
    ...{ settings, data, stop: new AbortController().signal },
    started: (_process, stop) => cleanup.defer(stop),
  });
  const startedAt = performance.now();
  let saidAt = 0;
  const org = await seedLarge({
    ...{ appUrl, gatewayUrl, secrets: readSecrets(keepSecretsFile(data)) },
    ...{ records, sessions: Math.min(records, sessions), slug },
    onProgress(written) {
      if (written - saidAt < SAID_EVERY) return;
      saidAt = written;
      const perSecond = Math.round(written / ((performance.now() - startedAt) / 1000));
      say(`${written.toLocaleString("en-US")} records, ${perSecond} a second`);
    },
  });
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  say(`The org ${org.slug} has ${records.toLocaleString("en-US")} records: ${minutes} minutes.`);
});

function readArguments(): z.output<typeof options> {
  try {
    const text = { type: "string" } as const;
    const { values } = parseArgs({ options: { records: text, sessions: text, slug: text } });
    return options.parse(values);
  } catch (cause) {
    throw new OperatorError(
      "npm run seed:large takes: -- --records 1000000 --sessions 5000 --slug large",
      { cause },
    );
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
