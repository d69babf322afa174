/** The whole report, as text. */
import type { Records } from "../house.ts";
import type { Run } from "../run.ts";
import { SCENARIOS } from "../scenarios.ts";
import { goalsTable } from "./goals.ts";
import { firstTokenTable, halfLoadTable, memoryTable } from "./other-tables.ts";
import { scenarioTable } from "./scenario-table.ts";
import { figure } from "./table.ts";

export interface ReportInput {
  readonly run: Run;
  readonly machine: string;
  readonly seconds: number;
  readonly hasNginx: boolean;
}

export function report({ run, machine, seconds, hasNginx }: ReportInput): string {
  const skipped = hasNginx ? [] : ["nginx is skipped: not available"];
  const scenarios = SCENARIOS.map(({ name, title }) =>
    section(title, scenarioTable(run.throughput.get(name) ?? new Map()), ...skipped),
  );
  return [
    machine,
    ...scenarios,
    section(
      `Half load: open loop at half of what each bears at 1 KB and 32 connections; the generator bears ${figure(run.openLoopMax, 0)} calls/s`,
      halfLoadTable(run.halfLoad),
    ),
    section("Paced streams: 50 events, 20 ms apart", firstTokenTable(run.firstToken)),
    section("Memory of our gateway", memoryTable(run.memory)),
    section("Goals", goalsTable(run)),
    section("Records", describeRecords(run.records)),
    section("Errors", run.errors.length === 0 ? "none" : run.errors.join("\n")),
    `${figure(seconds, 0)} s in all`,
  ].join("\n\n");
}

function section(title: string, ...parts: readonly string[]): string {
  return [title, ...parts].join("\n\n");
}

function describeRecords({ intents, outcomes }: Records): string {
  const byOutcome = Object.entries(outcomes).map(([name, count]) => `${figure(count, 0)} ${name}`);
  return `${figure(intents, 0)} intents; outcomes: ${byOutcome.join(", ")}`;
}
