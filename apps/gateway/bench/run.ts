/** The run: every scenario, its targets in turn, round after round. One measurement that fails stops no other. */
import { setTimeout as delay } from "node:timers/promises";
import { smallCall, streamedCall } from "./bodies/calls.ts";
import { ASKS_FOR } from "./bodies/replies.ts";
import type { House, Records } from "./house.ts";
import type { ClosedLoop } from "./load/load.ts";
import { openLoopMax } from "./load/open-loop-max.ts";
import { measureFirstToken } from "./measurements/first-token.ts";
import { measureHalfLoad } from "./measurements/half-load.ts";
import { measureMemory } from "./measurements/memory.ts";
import { measureThroughput } from "./measurements/throughput.ts";
import type { Plan } from "./plan.ts";
import type { FirstToken, HalfLoad, Memory, PerTarget, Results, Sample } from "./results.ts";
import { median } from "./results.ts";
import { call, SCENARIOS, type Scenario, type ScenarioName } from "./scenarios.ts";
import type { Target, TargetName } from "./targets/target.ts";

export interface RunOptions {
  readonly plan: Plan;
  readonly house: House;
  readonly targets: readonly Target[];
  readonly load: ClosedLoop;
  /** Another gateway of ours, without a past. */
  startFresh(): Promise<Target>;
  /** One line on what is going on. */
  onProgress(text: string): void;
}

/** Everything that went wrong, in words: of the measurements that came about and of those that did not. */
export interface Run extends Results {
  readonly records: Records;
  readonly errors: readonly string[];
}

export async function runAll(options: RunOptions): Promise<Run> {
  const bench = new Bench(options);
  await bench.startUp();
  const throughput = new Map<ScenarioName, PerTarget<Sample>>();
  for (const scenario of SCENARIOS) throughput.set(scenario.name, await bench.throughput(scenario));
  const rateMax = await bench.openLoopMax();
  const halfLoad = await bench.halfLoad(throughput.get("small-32"), rateMax);
  const firstToken = await bench.firstToken();
  const memory = await bench.memory();
  const records = await options.house.readRecords();
  const errors = [...bench.errors, ...recordErrors(records)];
  return { throughput, openLoopMax: rateMax, halfLoad, firstToken, memory, records, errors };
}

const ON_NODE: readonly TargetName[] = ["bare node", "ours"];

class Bench {
  readonly errors: string[] = [];
  readonly #options: RunOptions;
  #run = 0;

  constructor(options: RunOptions) {
    this.#options = options;
  }

  /** Until the just-in-time compiler of what runs on Node is done: nothing of it counts but its errors. */
  async startUp(): Promise<void> {
    const [, small] = SCENARIOS;
    if (small === undefined) return;
    const seconds = this.#options.plan.startUpSeconds;
    for (const target of this.#options.targets) {
      if (!ON_NODE.includes(target.name)) continue;
      await this.#attempt(`start-up, ${target.name}`, () => this.#load(small, target, seconds));
    }
  }

  async throughput(scenario: Scenario): Promise<PerTarget<Sample>> {
    const { plan, targets } = this.#options;
    const taking = targets.filter(({ name }) => scenario.targets.includes(name));
    for (const target of taking) {
      const what = `${scenario.name}, ${target.name}, warm-up`;
      await this.#attempt(what, () => this.#load(scenario, target, plan.warmUpSeconds));
    }
    return this.#rounds(scenario.name, taking, (target) =>
      this.#load(scenario, target, plan.seconds),
    );
  }

  async openLoopMax(): Promise<number> {
    const { targets, house } = this.#options;
    const [direct] = targets;
    if (direct === undefined) return Number.NaN;
    const request = call(house.headers, ASKS_FOR.message, smallCall);
    const found = await this.#attempt("what the open loop bears", () =>
      openLoopMax(direct.url, request, () => this.#nextRun()),
    );
    return found ?? Number.NaN;
  }

  halfLoad(small: PerTarget<Sample> | undefined, rateMax: number): Promise<PerTarget<HalfLoad>> {
    const { plan, targets, house } = this.#options;
    const [direct, ...others] = targets;
    if (direct === undefined || Number.isNaN(rateMax)) return Promise.resolve(new Map());
    const request = call(house.headers, ASKS_FOR.message, smallCall);
    return this.#rounds("half load", others, (target) => {
      const samples = small?.get(target.name) ?? [];
      const capacity = median(samples.map(({ perSecond }) => perSecond));
      const run = this.#nextRun();
      const { seconds } = plan;
      return measureHalfLoad({ direct, target, capacity, rateMax, request, seconds, run });
    });
  }

  firstToken(): Promise<PerTarget<FirstToken>> {
    const { plan, targets, house } = this.#options;
    const request = call(house.headers, ASKS_FOR.paced, streamedCall);
    return this.#rounds("first token", targets, (target) =>
      measureFirstToken({ target, request, seconds: plan.seconds, run: this.#nextRun() }),
    );
  }

  async memory(): Promise<Memory[]> {
    const { plan, house } = this.#options;
    const request = call(house.headers, ASKS_FOR.message, smallCall);
    const readings = await this.#attempt("memory", async () => {
      await using target = await this.#options.startFresh();
      const calls = plan.memoryCalls;
      return await measureMemory({ target, request, calls, run: this.#nextRun() });
    });
    return readings ?? [];
  }

  #load(scenario: Scenario, target: Target, seconds: number): Promise<Sample> {
    const { load, house } = this.#options;
    const requests = scenario.requests(house.headers);
    const run = this.#nextRun();
    return measureThroughput({ target, scenario, requests, load, seconds, run });
  }

  /** A B C D, A B C D, …: what changes on the machine meanwhile hits all alike. */
  async #rounds<Value extends { readonly errors: readonly string[] }>(
    what: string,
    targets: readonly Target[],
    measure: (target: Target) => Promise<Value>,
  ): Promise<PerTarget<Value>> {
    const all = new Map<Target["name"], Value[]>(targets.map(({ name }) => [name, []]));
    for (let round = 1; round <= this.#options.plan.rounds; round += 1) {
      for (const target of targets) {
        const name = `${what}, ${target.name}, round ${round}`;
        const value = await this.#attempt(name, () => measure(target));
        if (value !== null) all.get(target.name)?.push(value);
      }
    }
    return all;
  }

  async #attempt<Value>(what: string, measure: () => Promise<Value>): Promise<Value | null> {
    this.#options.onProgress(what);
    try {
      const value = await Promise.race([measure(), tooLate()]);
      for (const error of errorsOf(value)) this.errors.push(`${what}: ${error}`);
      return value;
    } catch (error) {
      this.errors.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }

  #nextRun(): number {
    this.#run += 2;
    return this.#run;
  }
}

/** What is wrong with what was left on record when all was settled. */
function recordErrors({ intents, outcomes }: Records): string[] {
  const closed = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  const open = intents === closed ? [] : [`${intents} intents, but ${closed} outcomes`];
  return outcomes.unknown === undefined ? open : [...open, `${outcomes.unknown} calls are unknown`];
}

/** Nothing may hang the run. */
const LIMIT_SECONDS = 180;

async function tooLate(): Promise<never> {
  await delay(LIMIT_SECONDS * 1_000, undefined, { ref: false });
  throw new Error(`not done after ${LIMIT_SECONDS} s`);
}

function errorsOf(value: unknown): readonly string[] {
  const isSample = typeof value === "object" && value !== null && "errors" in value;
  return isSample && Array.isArray(value.errors) ? value.errors.map(String) : [];
}
