/** The operators and functions of conditions: which types each takes and what it gives. */
import type { FactType } from "./facts.ts";

/** Whether an operand of this type will do, seen beside all of them. */
type Operand = (type: FactType, all: readonly FactType[]) => boolean;

export interface Overload {
  readonly operands: readonly Operand[];
  readonly result: (types: readonly FactType[]) => FactType;
}

/** The overloads of a function; `undefined`: there is no such function. */
export function overloadsOf(name: string, isMethod: boolean): readonly Overload[] | undefined {
  return isMethod ? METHODS.get(name) : FUNCTIONS.get(name);
}

const isDyn = (type: FactType): boolean => type === "dyn";
const is =
  (...expected: readonly FactType[]): Operand =>
  (type) =>
    isDyn(type) || expected.includes(type);
const any: Operand = () => true;
const list: Operand = (type) => isDyn(type) || (typeof type === "object" && "list" in type);
const collection: Operand = (type) => isDyn(type) || typeof type === "object";
const number = is("int", "double");
/** Equality of things that can never be equal is a mistake, not a condition. */
const comparable: Operand = (_, [a = "dyn", b = "dyn"]) =>
  [a, b].some((type) => isDyn(type) || type === "null") ||
  (number(a, []) && number(b, [])) ||
  kindOf(a) === kindOf(b);

function kindOf(type: FactType): string {
  if (typeof type === "string") return type;
  return "list" in type ? "list" : "map";
}

const gives =
  (result: FactType) =>
  (...operands: readonly Operand[]): Overload => ({ operands, result: () => result });
const bool = gives("bool");
const int = gives("int");
const double = gives("double");
const text = gives("string");
const timestamp = gives("timestamp");
const duration = gives("duration");
const same = (...operands: readonly Operand[]): Overload => ({
  operands,
  result: (types) => types[0] ?? "dyn",
});

const ORDER: readonly Overload[] = [
  bool(number, number),
  bool(is("string"), is("string")),
  bool(is("timestamp"), is("timestamp")),
  bool(is("duration"), is("duration")),
];
const ARITHMETIC: readonly Overload[] = [
  int(is("int"), is("int")),
  double(is("double"), is("double")),
];
const EQUALITY: readonly Overload[] = [bool(comparable, comparable)];
const LOGIC: readonly Overload[] = [bool(is("bool"), is("bool"))];
const SIZE: readonly Overload[] = [int(is("string")), int(collection)];

const FUNCTIONS: ReadonlyMap<string, readonly Overload[]> = new Map([
  ["!_", [bool(is("bool"))]],
  ["-_", [same(number)]],
  ["_&&_", LOGIC],
  ["_||_", LOGIC],
  ["@not_strictly_false", [bool(any)]],
  ["_==_", EQUALITY],
  ["_!=_", EQUALITY],
  ["_<_", ORDER],
  ["_<=_", ORDER],
  ["_>_", ORDER],
  ["_>=_", ORDER],
  ["@in", [bool(any, collection)]],
  [
    "_+_",
    [
      ...ARITHMETIC,
      text(is("string"), is("string")),
      same(list, list),
      timestamp(is("timestamp"), is("duration")),
      duration(is("duration"), is("duration")),
    ],
  ],
  [
    "_-_",
    [
      ...ARITHMETIC,
      duration(is("timestamp"), is("timestamp")),
      timestamp(is("timestamp"), is("duration")),
      duration(is("duration"), is("duration")),
    ],
  ],
  ["_*_", ARITHMETIC],
  ["_/_", ARITHMETIC],
  ["_%_", [int(is("int"), is("int"))]],
  [
    "_?_:_",
    [
      {
        operands: [is("bool"), any, any],
        result: ([, yes = "dyn", no = "dyn"]) => (kindOf(yes) === kindOf(no) ? yes : "dyn"),
      },
    ],
  ],
  ["size", SIZE],
  ["int", [int(is("int", "double", "string"))]],
  ["double", [double(is("int", "double", "string"))]],
  ["string", [text(is("int", "double", "string", "bool"))]],
  ["timestamp", [timestamp(is("string"))]],
  ["duration", [duration(is("string"))]],
]);

const ON_TEXT: readonly Overload[] = [bool(is("string"), is("string"))];
const TIME: readonly Overload[] = [int(is("timestamp")), int(is("timestamp"), is("string"))];

const METHODS: ReadonlyMap<string, readonly Overload[]> = new Map([
  ["size", SIZE],
  ["contains", ON_TEXT],
  ["startsWith", ON_TEXT],
  ["endsWith", ON_TEXT],
  ["matches", ON_TEXT],
  ["lowerAscii", [text(is("string"))]],
  ["upperAscii", [text(is("string"))]],
  ["trim", [text(is("string"))]],
  ["getFullYear", TIME],
  ["getMonth", TIME],
  ["getDate", TIME],
  ["getDayOfMonth", TIME],
  ["getDayOfWeek", TIME],
  ["getDayOfYear", TIME],
  ["getHours", TIME],
  ["getMinutes", TIME],
  ["getSeconds", TIME],
]);
