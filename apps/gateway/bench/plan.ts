/** How long and how often: the whole run, and a quick one that shows that everything works. */

export interface Plan {
  /** Each target is measured once per round, in turn. */
  readonly rounds: number;
  /** Of one measurement. */
  readonly seconds: number;
  /** Before the first round of a scenario, not counted. */
  readonly warmUpSeconds: number;
  /** The first calls of a fresh process, until its code is compiled: our gateway needs about 40,000. */
  readonly startUpSeconds: number;
  /** Memory is read after the first number of calls, by when a process has its size, and again after that many more. */
  readonly memoryCalls: readonly [first: number, more: number];
}

/** Under ten minutes. */
export const WHOLE: Plan = {
  rounds: 3,
  seconds: 3,
  warmUpSeconds: 1,
  startUpSeconds: 30,
  memoryCalls: [50_000, 100_000],
};

/** Under two minutes; its figures say little. */
export const QUICK: Plan = {
  rounds: 1,
  seconds: 1,
  warmUpSeconds: 1,
  startUpSeconds: 2,
  memoryCalls: [2_000, 20_000],
};
