/** The demo's credentials are shown once by the product; here they are kept for the next start (mode 0600). */
import { join } from "node:path";
import { OperatorError } from "@yolo/prisma/operator-error";
import { type Demo, seedDemo } from "@yolo/prisma/seed";
import { z } from "zod";
import type { House } from "./apps.ts";
import { readJson, writePrivate } from "./data-folder.ts";
import type { Settings } from "./settings.ts";

const file = z.strictObject({
  v: z.literal(1),
  apiToken: z.string().optional(),
  password: z.string().optional(),
  testKey: z.string().optional(),
  liveKey: z.string().optional(),
  credentialHash: z.string().optional(),
});

/** Seeds the demo, or finds it as it was left. Throws `OperatorError` when the file is damaged. */
export async function openDemo(house: House, settings: Settings): Promise<Demo> {
  const path = join(house.data, "demo.json");
  const parsed = file.safeParse(readJson(path) ?? { v: 1 });
  if (!parsed.success) {
    throw new OperatorError(`${path} is damaged: remove it, and new credentials are made.`);
  }
  const { v, ...kept } = parsed.data;
  const demo = await seedDemo({
    databaseUrl: house.appUrl,
    secretsFile: house.secretsFile,
    anthropicApiKey: settings.ANTHROPIC_API_KEY,
    kept,
  });
  writePrivate(path, `${JSON.stringify({ v, ...demo.keep }, null, 2)}\n`);
  return demo;
}
