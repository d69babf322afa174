/** The words of a condition: variables down to their fields, by the verbs of the rule, and functions. */
import { type FactType, variablesFor } from "@yolo/policy/facts";
import { readVerb } from "@yolo/policy/verb";
import { type Suggestion, type Suggestions, verbsBeside } from "./suggestions.ts";
import type { Spot } from "./yaml-spot.ts";

/** Known to the language, and not told to the engine by this version. */
const LATER = new Set(["usage", "content"]);

const FUNCTIONS: readonly (readonly [name: string, info: string])[] = [
  ["has", "Whether a fact is there: `has(args.amount)`. Makes it optional."],
  ["size", "How long a text or list is: `size(args.recipients) > 100`."],
  ["timestamp", "A moment: `timestamp('2026-12-24T00:00:00Z')`."],
  ["duration", "A stretch of time: `duration('48h')`."],
  ["int", "As a whole number."],
  ["double", "As a number."],
  ["string", "As a text."],
];

const LIST_METHODS: typeof FUNCTIONS = [
  ["exists", "Whether one of them is so: `args.recipients.exists(r, r.endsWith('@x.com'))`."],
  ["all", "Whether all of them are so."],
];

const METHODS: { readonly [kind: string]: typeof FUNCTIONS } = {
  string: [
    ["startsWith", "Whether the text begins so."],
    ["endsWith", "Whether the text ends so."],
    ["contains", "Whether the text holds this."],
    ["matches", "Whether an RE2 pattern is found: `resource.matches('^api/v[0-9]+/')`."],
    ["lowerAscii", "In small letters."],
  ],
  timestamp: [
    ["getHours", "The hour, with a time zone if you like: `now.getHours('Europe/Berlin') < 6`."],
    ["getDayOfWeek", "The day of the week; 0 is Sunday."],
    ["getDate", "The day of the month, from 1."],
    ["getMonth", "The month, from 0."],
    ["getFullYear", "The year."],
  ],
};

export function conditionSuggestions(spot: Spot, offset: number): Suggestions {
  const expression = /[A-Za-z_][\w.]*$/.exec(spot.word)?.[0] ?? "";
  const [word = "", ...owners] = expression.split(".").reverse();
  const verbs = verbsBeside(spot).flatMap((text) => {
    const result = readVerb(text);
    return "verb" in result ? [result.verb] : [];
  });
  const variables = Object.entries(variablesFor(verbs, [])).filter(([name]) => !LATER.has(name));
  const root: FactType = { record: Object.fromEntries(variables) };
  const type = owners.reverse().reduce<FactType | undefined>(fieldOf, root);
  const from = offset - word.length;
  if (owners.length > 0) return { from, options: type === undefined ? [] : membersOf(type) };
  return { from, options: [...fieldsOf(root), ...functions(FUNCTIONS)] };
}

function membersOf(type: FactType): Suggestion[] {
  if (typeof type === "string") return functions(METHODS[type] ?? []);
  if ("list" in type) return functions(LIST_METHODS);
  return fieldsOf(type);
}

function fieldOf(type: FactType | undefined, name: string): FactType | undefined {
  if (typeof type !== "object" || !("record" in type)) return undefined;
  return Object.hasOwn(type.record, name) ? type.record[name] : undefined;
}

function fieldsOf(type: FactType): Suggestion[] {
  if (typeof type !== "object" || !("record" in type)) return [];
  return Object.entries(type.record).map(([label, field]) => ({
    ...{ label, kind: "variable", detail: typeName(field) },
  }));
}

function functions(list: readonly (readonly [name: string, info: string])[]): Suggestion[] {
  return list.map(([label, info]) => ({ label, kind: "function", insert: `${label}(`, info }));
}

function typeName(type: FactType): string {
  if (typeof type === "string") return type === "dyn" ? "anything" : type;
  if ("list" in type) return `list of ${typeName(type.list)}`;
  return "map" in type ? "map" : "fields";
}
