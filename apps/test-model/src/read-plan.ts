/** Finds the magic inputs of a call: in its model's name, and in the lines of the last user message. */
import { ApiError } from "./api-error.ts";
import { DIRECTIVES, type Directive } from "./directives.ts";
import { ordinaryPlan, type Plan } from "./plan.ts";

/** A whole line, trimmed: the mark, the name of the magic input, its argument. */
const MAGIC_LINE = /^#test(?:\s+(\S+)\s*(.*))?$/s;
const MODEL_PREFIX = "test-";
/** More magic lines in one message are refused. */
const MAX_LINES = 100;

/** The models that are named for a magic input: each whose numbers all have defaults. */
export const MAGIC_MODELS: readonly string[] = [...DIRECTIVES]
  .filter(([, directive]) => directive.numbers !== undefined)
  .map(([name]) => `${MODEL_PREFIX}${name}`);

/**
 * The plan for a call to `model` whose last user message has these texts; the model's name counts
 * first, then the lines in their order. Throws 404 for an unknown `test-…` model and 400 for an
 * unknown or malformed line.
 */
export function readPlan(model: string, texts: readonly string[]): Plan {
  let plan = ordinaryPlan;
  if (model.startsWith(MODEL_PREFIX)) plan = modelDirective(model).apply(plan, "");
  let lines = 0;
  for (const text of texts.flatMap((whole) => whole.split("\n"))) {
    const [line, name = "", argument = ""] = MAGIC_LINE.exec(text.trim()) ?? [];
    if (line === undefined) continue;
    lines += 1;
    if (lines > MAX_LINES) throw new ApiError(400, `more than ${MAX_LINES} magic inputs`);
    plan = applyLine(plan, { line, name, argument });
  }
  return plan;
}

/** The directive a model is named for. Throws 404 when there is none. */
export function modelDirective(model: string): Directive {
  const directive = DIRECTIVES.get(model.slice(MODEL_PREFIX.length));
  if (!MAGIC_MODELS.includes(model) || directive === undefined) {
    throw new ApiError(404, `model: ${model}. Models named test-… are: ${MAGIC_MODELS.join(", ")}`);
  }
  return directive;
}

function applyLine(
  plan: Plan,
  { line, name, argument }: { line: string; name: string; argument: string },
): Plan {
  const directive = DIRECTIVES.get(name);
  if (directive === undefined) {
    const known = [...DIRECTIVES.keys()].join(", ");
    throw new ApiError(400, `magic input \`${line}\` is unknown. Known after #test: ${known}`);
  }
  try {
    return directive.apply(plan, argument);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ApiError(error.status, `magic input \`${line}\`: ${error.message}`);
  }
}
