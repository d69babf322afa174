/**
 * Conditions (`if`), in CEL. Everything of the CEL library stays behind this file. Only `true` counts as true: a
 * condition that fails, for whatever reason, gives its error, and the rule's effect decides what that means.
 */
import {
  type CelFunc,
  type CelInput,
  CelScalar,
  celEnv,
  celFunc,
  celMethod,
  isCelError,
  listType,
  objectType,
  parse,
  plan,
} from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import type { ConditionFacts } from "./condition-facts.ts";
import { accepts, checkTypes } from "./condition-types.ts";
import type { FactType } from "./facts.ts";
import { compilePattern } from "./linear-pattern.ts";
import { isTimeZone, zonedTime } from "./zoned-time.ts";

export type Expression = ReturnType<typeof parse>["expr"];

export interface Condition {
  /** What the condition reads: `args.recipients`, `facts.*`. */
  readonly reads: ReadonlySet<string>;
  /** `true`, `false`, or the reason why it is neither. Never throws. */
  holds(facts: ConditionFacts): boolean | { readonly error: string };
}

/** Why a condition cannot be used; `offset` counts UTF-16 units from the beginning of its text. */
export interface ConditionProblem {
  readonly offset: number;
  readonly message: string;
}

export type ConditionResult =
  | { readonly condition: Condition }
  | { readonly problems: readonly ConditionProblem[] };

/** Longest condition, in UTF-16 units. */
const LENGTH_MAX = 1_000;
/** Deepest nesting of brackets. */
const NESTING_MAX = 16;
/** Longest list that a comprehension goes through. */
const ELEMENTS_MAX = 1_000;

/** The condition, type-checked against the variables it may use. */
export function compileCondition(
  text: string,
  variables: Readonly<Record<string, FactType>>,
): ConditionResult {
  const size = sizeProblem(text);
  if (size !== undefined) return { problems: [size] };
  const parsed = parseExpression(text);
  if ("message" in parsed) return { problems: [parsed] };
  const { expression, offsetOf } = parsed;
  const { type, problems, reads } = checkTypes(expression, variables);
  const found = problems.map(({ node, message }) => ({ offset: offsetOf(node), message }));
  if (!accepts("bool", type)) {
    found.push({ offset: 0, message: "a condition is true or false" });
  }
  const limits = new Limits();
  limits.apply(expression);
  found.push(...limits.problems.map(({ node, message }) => ({ offset: offsetOf(node), message })));
  if (found.length > 0) return { problems: found };
  return { condition: runnable(expression, reads) };
}

function runnable(expression: Expression, reads: ReadonlySet<string>): Condition {
  const run = plan(ENVIRONMENT, expression);
  const readings = readingsOf(reads);
  return {
    reads,
    holds(facts) {
      try {
        const result = run(bindings(facts, readings));
        if (result === true || result === false) return result;
        return { error: isCelError(result) ? result.message : "it is neither true nor false" };
      } catch (error) {
        return { error: error instanceof Error ? error.message : "it failed" };
      }
    },
  };
}

interface Reading {
  readonly variable: string;
  /** The fields that are read; `undefined`: all of them. */
  readonly fields: readonly string[] | undefined;
}

function readingsOf(reads: ReadonlySet<string>): readonly Reading[] {
  const fieldsOf = new Map<string, string[]>();
  for (const read of reads) {
    const dot = read.indexOf(".");
    const variable = read.slice(0, dot);
    fieldsOf.set(variable, [...(fieldsOf.get(variable) ?? []), read.slice(dot + 1)]);
  }
  return [...fieldsOf].map(([variable, fields]) => ({
    variable,
    fields: fields.includes("*") ? undefined : fields,
  }));
}

/** Each variable that the condition reads, with only the fields it reads. */
function bindings(facts: ConditionFacts, readings: readonly Reading[]): Record<string, CelInput> {
  const bound: Record<string, CelInput> = {};
  for (const { variable, fields } of readings) {
    bound[variable] = variable === "now" ? timestampOf(facts.now) : facts.valueOf(variable, fields);
  }
  return bound;
}

function sizeProblem(text: string): ConditionProblem | undefined {
  if (text.length > LENGTH_MAX) {
    return { offset: LENGTH_MAX, message: `a condition has at most ${LENGTH_MAX} characters` };
  }
  let nesting = 0;
  for (let offset = 0; offset < text.length; offset += 1) {
    const character = text[offset] ?? "";
    if ("([{".includes(character)) nesting += 1;
    else if (")]}".includes(character)) nesting -= 1;
    if (nesting > NESTING_MAX) {
      return { offset, message: `brackets nested deeper than ${NESTING_MAX}` };
    }
  }
  return undefined;
}

interface Parsed {
  readonly expression: Expression;
  offsetOf(node: bigint): number;
}

function parseExpression(text: string): Parsed | ConditionProblem {
  try {
    const { expr, sourceInfo } = parse(text);
    const positions = sourceInfo?.positions ?? {};
    return { expression: expr, offsetOf: (node) => positions[String(node)] ?? 0 };
  } catch (error) {
    const message = error instanceof Error ? error.message.replace(/^<input>:\d+:\d+: /, "") : "";
    return { offset: offsetIn(error), message: `not a condition: ${message}` };
  }
}

/** The parser's errors carry `location.start.offset`. */
function offsetIn(error: unknown): number {
  const location = property(property(error, "location"), "start");
  const offset = property(location, "offset");
  return typeof offset === "number" ? offset : 0;
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** Checks the patterns, times and zones that an expression writes out, and caps the lists it goes through. */
class Limits {
  readonly problems: { readonly node: bigint; readonly message: string }[] = [];

  apply(expression: Expression | undefined): void {
    const kind = expression?.exprKind;
    if (expression === undefined || kind === undefined) return;
    if (kind.case === "selectExpr") this.apply(kind.value.operand);
    if (kind.case === "listExpr") for (const element of kind.value.elements) this.apply(element);
    if (kind.case === "callExpr") {
      this.apply(kind.value.target);
      for (const argument of kind.value.args) this.apply(argument);
      this.#call(expression.id, kind.value.function, textOf(kind.value.args[0]));
    }
    if (kind.case === "comprehensionExpr") {
      const loop = kind.value;
      for (const part of [loop.iterRange, loop.accuInit, loop.loopStep, loop.result])
        this.apply(part);
      if (loop.iterRange !== undefined) loop.iterRange = capped(loop.iterRange);
    }
  }

  #call(node: bigint, name: string, text: string | undefined): void {
    if (text === undefined) return;
    if (name === "matches") {
      try {
        compilePattern(text);
      } catch (error) {
        const message = error instanceof Error ? error.message : "not a pattern";
        this.problems.push({ node, message });
      }
    }
    if (name in TIME_FIELDS && !isTimeZone(text)) {
      this.problems.push({ node, message: `unknown time zone \`${text}\`` });
    }
    if ((name === "timestamp" || name === "duration") && isCelError(READERS[name]({ text }))) {
      this.problems.push({ node, message: `\`${text}\` is no ${name}` });
    }
  }
}

function textOf(expression: Expression | undefined): string | undefined {
  const kind = expression?.exprKind;
  if (kind?.case !== "constExpr" || kind.value.constantKind.case !== "stringValue")
    return undefined;
  return kind.value.constantKind.value;
}

/** `list` → `@capped(list)`, which fails where the list is too long to go through. */
function capped(list: Expression): Expression {
  const wrapped = parse("capped(0)").expr;
  if (wrapped.exprKind.case === "callExpr") {
    wrapped.exprKind.value.function = CAPPED;
    wrapped.exprKind.value.args = [list];
  }
  return wrapped;
}

const CAPPED = "@capped";
const { DYN, INT, STRING } = CelScalar;
const TIMESTAMP = objectType("google.protobuf.Timestamp");

/** The library reads the fields in the zone of the machine; these do not. */
const TIME_FIELDS: Readonly<Record<string, (time: Date) => number>> = {
  getFullYear: (time) => time.getUTCFullYear(),
  getMonth: (time) => time.getUTCMonth(),
  getDate: (time) => time.getUTCDate(),
  getDayOfMonth: (time) => time.getUTCDate() - 1,
  getDayOfWeek: (time) => time.getUTCDay(),
  getDayOfYear: (time) =>
    Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / 86_400_000),
  getHours: (time) => time.getUTCHours(),
  getMinutes: (time) => time.getUTCMinutes(),
  getSeconds: (time) => time.getUTCSeconds(),
};

const FUNCTIONS: CelFunc[] = [
  ...strings,
  celFunc(CAPPED, [listType(DYN)], listType(DYN), (list) => {
    if (list.size > ELEMENTS_MAX) throw new Error(`a list of more than ${ELEMENTS_MAX} elements`);
    return list;
  }),
  ...Object.entries(TIME_FIELDS).flatMap(([name, field]) => [
    celMethod(name, TIMESTAMP, [], INT, function () {
      return BigInt(field(zonedTime(epochMsOf(this), undefined)));
    }),
    celMethod(name, TIMESTAMP, [STRING], INT, function (zone) {
      return BigInt(field(zonedTime(epochMsOf(this), zone)));
    }),
  ]),
];

const ENVIRONMENT = celEnv({ funcs: FUNCTIONS, re2: { compile: compilePattern } });

function epochMsOf(timestamp: unknown): number {
  const message = property(timestamp, "message");
  const seconds = property(message, "seconds");
  const nanos = property(message, "nanos");
  return Number(seconds) * 1_000 + Math.floor(Number(nanos) / 1_000_000);
}

const READERS = {
  timestamp: plan(celEnv(), parse("timestamp(text)")),
  duration: plan(celEnv(), parse("duration(text)")),
};
const toTimestamp = plan(celEnv(), parse("timestamp(epochMs)"));

function timestampOf(epochMs: number): CelInput {
  const timestamp = toTimestamp({ epochMs: BigInt(Math.trunc(epochMs)) });
  if (isCelError(timestamp)) throw timestamp;
  return timestamp;
}
