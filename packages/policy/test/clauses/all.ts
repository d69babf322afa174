/** The clauses of the engine. */
import type { Clause } from "./clause.ts";
import { JUDGING } from "./judging.ts";
import { MATCHING } from "./matching.ts";
import { SPELLING } from "./spelling.ts";

export const CLAUSES: readonly Clause[] = [...JUDGING, ...MATCHING, ...SPELLING];
