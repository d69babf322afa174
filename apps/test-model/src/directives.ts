/** The magic inputs. `docs/test-model.md` has one section for each, and a test holds the two together. */
import { z } from "zod";
import { ApiError, type ErrorStatus } from "./api-error.ts";
import type { Interruption, Plan, ToolCall } from "./plan.ts";

export interface Directive {
  /** What follows the name, as the documentation writes it. */
  readonly form: string;
  /** The numbers it takes, in order, each with a default; a model can then be named for it. */
  readonly numbers: z.ZodObject | undefined;
  /** The plan changed by this input. Throws 400 when the argument is not of the documented form. */
  apply(plan: Plan, argument: string): Plan;
}

const KILOBYTE = `${"all work and no play ".repeat(49).slice(0, 1023)}\n`;

/** Name → what it does. The name is the word after `#test`. */
export const DIRECTIVES: ReadonlyMap<string, Directive> = new Map([
  ["tool", toolCall()],
  [
    "stream",
    numeric({ events: count(60, 100_000), ms: count(20, 60_000) }, (plan, { events, ms }) => ({
      ...plan,
      paceMs: ms,
      deltas: Array.from({ length: events }, (_, index) => `${index + 1} `),
    })),
  ],
  [
    "huge",
    numeric({ kilobytes: count(1_024, 32_768) }, (plan, { kilobytes }) => ({
      ...plan,
      deltas: Array.from({ length: kilobytes }, () => KILOBYTE),
    })),
  ],
  ["thinking", numeric({}, (plan) => ({ ...plan, thinking: true }))],
  ["slow", numeric({ ms: count(2_000, 600_000) }, (plan, { ms }) => ({ ...plan, delayMs: ms }))],
  ["pace", numeric({ ms: count(100, 60_000) }, (plan, { ms }) => ({ ...plan, paceMs: ms }))],
  ["cut", interruption("cut")],
  ["garbled", interruption("garbled")],
  ["error", interruption("error")],
  ["400", refusal(400)],
  ["401", refusal(401)],
  ["403", refusal(403)],
  ["404", refusal(404)],
  [
    "429",
    numeric({ seconds: count(1, 3_600) }, (plan, { seconds }) => ({
      ...plan,
      refusal: { status: 429, retryAfterSeconds: seconds },
    })),
  ],
  ["500", refusal(500)],
  ["529", refusal(529)],
]);

function count(initial: number, most: number) {
  return z.coerce.number().int().min(0).max(most).default(initial);
}

function numeric<Shape extends z.ZodRawShape>(
  shape: Shape,
  apply: (plan: Plan, numbers: z.output<z.ZodObject<Shape>>) => Plan,
): Directive {
  const numbers = z.object(shape);
  const names = Object.keys(shape);
  return {
    form: names.map((name) => `[${name}]`).join(" "),
    numbers,
    apply(plan, argument) {
      const words = argument.split(/\s+/).filter((word) => word !== "");
      if (words.length > names.length) throw new ApiError(400, `too many words: ${argument}`);
      const result = numbers.safeParse(
        Object.fromEntries(words.map((word, i) => [names[i], word])),
      );
      if (!result.success) throw new ApiError(400, z.prettifyError(result.error));
      return apply(plan, result.data);
    },
  };
}

function interruption(kind: Interruption["kind"]): Directive {
  return numeric({ events: count(5, 100_000) }, (plan, { events }) => ({
    ...plan,
    interruption: { kind, afterEvents: events },
  }));
}

function refusal(status: ErrorStatus): Directive {
  return numeric({}, (plan) => ({ ...plan, refusal: { status } }));
}

function toolCall(): Directive {
  return {
    form: "<name> <JSON object>",
    numbers: undefined,
    apply: (plan, argument) => ({
      ...plan,
      toolCalls: [...plan.toolCalls, readToolCall(argument)],
    }),
  };
}

const toolInput = z.record(z.string(), z.unknown());

function readToolCall(argument: string): ToolCall {
  const [, name, json] = /^([\w-]{1,128})\s+(\{.*\})$/s.exec(argument) ?? [];
  if (name === undefined || json === undefined) {
    throw new ApiError(400, 'expected a name and a JSON object, as in `Bash {"command":"ls"}`');
  }
  return { name, input: parseToolInput(json) };
}

function parseToolInput(json: string): ToolCall["input"] {
  try {
    return toolInput.parse(JSON.parse(json));
  } catch {
    throw new ApiError(400, `the tool's input is not a JSON object: ${json}`);
  }
}
