/** A few conditions, and what they mean in plain words of another language. */
import type { Json } from "@yolo/core/action";
import type { NaiveConditions, NaiveWorld } from "./naive-evaluator.ts";

const argument = ({ action }: NaiveWorld, name: string): Json | undefined => action.args[name];

const OF_ANY_FAMILY = new Map<string, (world: NaiveWorld) => boolean | undefined>([
  ["'phi' in labels", ({ labels }) => labels.includes("phi")],
  [
    "user.verified && 'a' in user.roles",
    ({ subject: { user } }) => user.verified && user.roles.includes("a"),
  ],
  ["size(user.scopes) > 1", ({ subject: { user } }) => user.verified && user.scopes.length > 1],
  ["now.getHours() >= 12", ({ moment }) => new Date(moment.now).getUTCHours() >= 12],
  [
    "resource.endsWith('x') || agent.name.startsWith('ci-')",
    ({ action, subject }) => action.resource.endsWith("x") || subject.agent.name.startsWith("ci-"),
  ],
  ["resource.matches('^[a-z]+/')", ({ action }) => /^[a-z]+\//.test(action.resource)],
]);

const OF_ARGUMENTS = new Map<string, (world: NaiveWorld) => boolean | undefined>([
  [
    "args.n > 5",
    (world) => {
      const n = argument(world, "n");
      return typeof n === "number" ? n > 5 : undefined;
    },
  ],
  [
    "args.n + 1 > 5",
    (world) => {
      const n = argument(world, "n");
      return typeof n === "number" && Number.isInteger(n) ? n + 1 > 5 : undefined;
    },
  ],
  [
    "has(args.flag) && args.flag",
    (world) => {
      const flag = argument(world, "flag");
      if (flag === undefined || flag === null) return false;
      return typeof flag === "boolean" ? flag : undefined;
    },
  ],
  [
    "args.list.exists(x, x == 'a')",
    (world) => {
      const list = argument(world, "list");
      return Array.isArray(list) ? list.includes("a") : undefined;
    },
  ],
  [
    "size(args.list) == 2",
    (world) => {
      const list = argument(world, "list");
      return Array.isArray(list) || typeof list === "string" ? list.length === 2 : undefined;
    },
  ],
]);

export const CONDITIONS: NaiveConditions = new Map([...OF_ANY_FAMILY, ...OF_ARGUMENTS]);

export const LLM_CONDITION_TEXTS = nonEmpty([...OF_ANY_FAMILY.keys()]);
export const CONDITION_TEXTS = nonEmpty([...CONDITIONS.keys()]);

function nonEmpty(texts: readonly string[]): readonly [string, ...string[]] {
  const [first = "true", ...others] = texts;
  return [first, ...others];
}
