/**
 * Fills an org with records through the real admission and settlement, batched. A record's id tells the moment of its
 * call, which is given here, so that ids spread over thirty days as they would. What the database writes down by its
 * own clock cannot be: `at` of records and outcomes, and the start of sessions, are the moment of seeding.
 */
import { systemClock } from "@yolo/core/clock";
import { lowestIdAt, newId } from "@yolo/core/ids";
import { createAdmission } from "@yolo/ledger/admission";
import { createSettlement, type Settlement } from "@yolo/ledger/settlement";
import { connectDatabase } from "@yolo/store/prisma";
import type { Secrets } from "@yolo/store/secrets-file";
import { connectSql, type Sql } from "@yolo/store/sql";
import { foundLargeOrg, type LargeOrg } from "./large-org.ts";
import {
  type Attempt,
  attemptsOf,
  intentOf,
  outcomeOf,
  type Random,
  randomFrom,
} from "./large-traffic.ts";

export interface LargeSeeding {
  /** Of the roles `yolo_app` and `yolo_gateway`. */
  readonly appUrl: string;
  readonly gatewayUrl: string;
  readonly secrets: Secrets;
  readonly slug: string;
  readonly records: number;
  readonly sessions: number;
  /** Told now and then how many are on record. */
  onProgress?(records: number): void;
}

/** Calls that are under way at once: enough to fill every batch. */
const CHUNK = 256;
const LEASE_SECONDS = 3_600;
const LEASE_RENEWED_EVERY = 100_000;
const COPIED_AT_ONCE = 20_000;
const DEADLINE_MS = 30_000;
const OLDEST_MS = 32 * 86_400_000;
const OPTIONS = { statementTimeoutMs: 60_000, lockTimeoutMs: 60_000 };

/** The org, when every record is committed, settled and searchable. Throws what the verbs throw. */
export async function seedLarge(seeding: LargeSeeding): Promise<LargeOrg> {
  await using stack = new AsyncDisposableStack();
  const database = stack.adopt(connectDatabase(seeding.appUrl), (db) => db.$disconnect());
  const gateway = connectSql(seeding.gatewayUrl, { name: "seeding", connections: 4, ...OPTIONS });
  stack.defer(() => gateway.end());
  const app = connectSql(seeding.appUrl, { name: "seeding", connections: 1, ...OPTIONS });
  stack.defer(() => app.end());
  const org = await foundLargeOrg(database, seeding.secrets, seeding.slug);
  await record(org, gateway, seeding);
  await copy(app);
  return org;
}

async function record(org: LargeOrg, sql: Sql, seeding: LargeSeeding): Promise<void> {
  const until = systemClock.now();
  const instance = newId();
  const random = randomFrom(seeding.records);
  const renew = (openFrom: string) =>
    sql`SELECT directory.renew_lease_1(${instance}, ${openFrom}, ${LEASE_SECONDS})`;
  const oldest = lowestIdAt(until - OLDEST_MS);
  await renew(oldest);
  const writer = createWriter(org, { sql, instance, random });
  const { records, sessions } = seeding;
  let written = 0;
  let chunk: Attempt[] = [];
  for (const attempt of attemptsOf(org, { records, sessions, until, random })) {
    chunk.push(attempt);
    if (chunk.length < CHUNK) continue;
    await writer.write(chunk);
    written += chunk.length;
    chunk = [];
    if (written % LEASE_RENEWED_EVERY < CHUNK) await renew(oldest);
    seeding.onProgress?.(written);
  }
  await writer.write(chunk);
  await writer.settled();
  seeding.onProgress?.(written + chunk.length);
  await renew(newId());
  await sql`SELECT directory.end_lease_1(${instance})`;
}

interface Writer {
  /** Resolves when they are admitted; their outcomes follow while the next are admitted. */
  write(attempts: readonly Attempt[]): Promise<void>;
  settled(): Promise<unknown>;
}

function createWriter(
  org: LargeOrg,
  { sql, instance, random }: { sql: Sql; instance: string; random: Random },
): Writer {
  const admit = createAdmission({
    ...{ sql, clock: systemClock, deadlineMs: DEADLINE_MS, onLateCommit: () => undefined },
  });
  const settlement: Settlement = createSettlement({
    sql,
    onError: (error) => failures.push(error),
  });
  const failures: unknown[] = [];
  let settling: Promise<unknown> = Promise.resolve();
  return {
    async write(attempts) {
      const intents = attempts.map((attempt) => intentOf(org, attempt, { instance, random }));
      const verdicts = await Promise.all(intents.map(admit));
      const other = verdicts.find((verdict) => verdict !== "admitted");
      if (other !== undefined) throw new Error(`a call is ${other}`);
      await settling;
      if (failures.length > 0) throw failures[0];
      settling = Promise.all(
        intents.flatMap((intent, at) => {
          const session = attempts[at]?.session;
          if (session === undefined || intent.decision !== "allow") return [];
          return [settlement.settle(outcomeOf(intent, session, random))];
        }),
      );
    },
    settled: () => settling,
  };
}

/** What the worker does every second: done to the end here, so that nobody has to wait for it. */
async function copy(app: Sql): Promise<void> {
  for (;;) {
    const [row] = await app<{ copied: number }[]>`
      SELECT org.copy_records_2(${COPIED_AT_ONCE}) AS copied`;
    if ((row?.copied ?? 0) === 0) return;
  }
}
