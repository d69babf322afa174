/** Finds the magic inputs of a call: in its model's name, and in the lines of the last user message. */
import { ApiError } from "./api-error.ts";
import { DIRECTIVES, type Directive } from "./directives.ts";
import { ordinaryPlan, type Plan } from "./plan.ts";

/** A line that holds a magic input and nothing else but spaces around it. */
const MAGIC_LINE = /^[ \t]*#test(?:[ \t]+(\S+)(?:[ \t]+(.*?))?)?[ \t\r]*$/gm;
const MODEL_PREFIX = "test-";

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
  for (const text of texts) {
    for (const [line, name, argument] of text.matchAll(MAGIC_LINE)) {
      plan = applyLine(plan, { line: line.trim(), name: name ?? "", argument: argument ?? "" });
    }
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
