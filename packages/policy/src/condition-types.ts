/** Types of a condition, judged before it ever runs: unknown names, impossible operators, too much work. */
import type { Expression } from "./condition.ts";
import { type Overload, overloadsOf } from "./condition-functions.ts";
import type { FactType } from "./facts.ts";
import { nearestWord } from "./nearest-word.ts";

/** A problem of a condition; `node` finds its place in the text. */
export interface TypeProblem {
  readonly node: bigint;
  readonly message: string;
}

export interface TypeReport {
  readonly type: FactType;
  readonly problems: readonly TypeProblem[];
  /** What is read, as `variable.field`; `variable.*` where the fields are chosen at run time. */
  readonly reads: ReadonlySet<string>;
}

/** Most comprehensions (`all`, `exists`, `exists_one`, `filter`, `map`) in one condition. */
const COMPREHENSIONS_MAX = 1;

export function checkTypes(
  expression: Expression,
  variables: Readonly<Record<string, FactType>>,
): TypeReport {
  const checker = new TypeChecker(variables);
  const type = checker.typeOf(expression);
  return { type, problems: checker.problems, reads: checker.reads };
}

type Call = Extract<Expression["exprKind"], { case: "callExpr" }>["value"];
type Select = Extract<Expression["exprKind"], { case: "selectExpr" }>["value"];
type Comprehension = Extract<Expression["exprKind"], { case: "comprehensionExpr" }>["value"];

class TypeChecker {
  readonly problems: TypeProblem[] = [];
  readonly reads = new Set<string>();
  readonly #scope: Map<string, FactType>;
  readonly #variables: ReadonlySet<string>;
  #comprehensions = 0;

  constructor(variables: Readonly<Record<string, FactType>>) {
    this.#scope = new Map(Object.entries(variables));
    this.#variables = new Set(Object.keys(variables));
  }

  typeOf(expression: Expression | undefined): FactType {
    if (expression === undefined) return "dyn";
    const { id, exprKind } = expression;
    switch (exprKind.case) {
      case "identExpr":
        return this.#name(id, exprKind.value.name);
      case "constExpr":
        return this.#constant(id, exprKind.value.constantKind.case);
      case "selectExpr":
        return this.#select(id, exprKind.value);
      case "callExpr":
        return this.#call(id, exprKind.value);
      case "listExpr":
        return { list: commonType(exprKind.value.elements.map((e) => this.typeOf(e))) };
      case "structExpr":
        return this.#refuse(id, "a condition cannot build maps");
      case "comprehensionExpr":
        return this.#comprehension(id, exprKind.value);
      default:
        return this.#refuse(id, "not an expression");
    }
  }

  #name(id: bigint, name: string): FactType {
    const type = this.#scope.get(name);
    if (type === undefined) {
      const meant = nearestWord(name, this.#variables);
      return this.#refuse(
        id,
        `unknown name \`${name}\`${meant ? `; did you mean \`${meant}\`?` : ""}`,
      );
    }
    if (this.#variables.has(name)) this.reads.add(`${name}.*`);
    return type;
  }

  #constant(id: bigint, kind: string | undefined): FactType {
    switch (kind) {
      case "boolValue":
        return "bool";
      case "int64Value":
        return "int";
      case "doubleValue":
        return "double";
      case "stringValue":
        return "string";
      case "nullValue":
        return "null";
      default:
        return this.#refuse(id, "write a number, a text, `true`, `false` or `null`");
    }
  }

  #select(id: bigint, { operand, field, testOnly }: Select): FactType {
    const type = this.#field(id, operand, field);
    return testOnly ? "bool" : type;
  }

  /** The type of `operand.field`. */
  #field(id: bigint, operand: Expression | undefined, field: string): FactType {
    const kind = operand?.exprKind;
    const root = kind?.case === "identExpr" ? kind.value.name : undefined;
    const isRoot = root !== undefined && this.#variables.has(root);
    if (isRoot) this.reads.add(`${root}.${field}`);
    const type = isRoot ? this.#scope.get(root) : this.typeOf(operand);
    if (type === "dyn" || type === undefined) return "dyn";
    if (typeof type === "object" && "map" in type) return type.map;
    if (typeof type === "object" && "record" in type) {
      if (Object.hasOwn(type.record, field)) return type.record[field] ?? "dyn";
      const meant = nearestWord(field, Object.keys(type.record));
      const known = meant
        ? `did you mean \`${meant}\`?`
        : `known: ${Object.keys(type.record).join(", ")}`;
      return this.#refuse(id, `\`${root ?? "this"}\` has no \`${field}\` here; ${known}`);
    }
    return this.#refuse(id, `${typeName(type)} has no fields`);
  }

  #call(id: bigint, call: Call): FactType {
    if (call.function === "_[_]") return this.#index(id, call);
    const operands = call.target === undefined ? call.args : [call.target, ...call.args];
    const types = operands.map((operand) => this.typeOf(operand));
    const overloads = overloadsOf(call.function, call.target !== undefined);
    if (overloads === undefined) {
      return this.#refuse(id, `unknown function \`${call.function}\``);
    }
    for (const problem of literalProblems(call)) this.#refuse(id, problem);
    const fitting = overloads.filter((overload) => fits(overload, types));
    if (fitting.length === 0) {
      const shown = types.map(typeName).join(" and ");
      return this.#refuse(id, `\`${shownFunction(call.function)}\` does not take ${shown}`);
    }
    return commonType(fitting.map(({ result }) => result(types)));
  }

  /** `list[0]`, `map["key"]`, `record["field"]`. */
  #index(id: bigint, { args: [operand, key] }: Call): FactType {
    const constant =
      key?.exprKind.case === "constExpr" ? key.exprKind.value.constantKind : undefined;
    if (constant?.case === "stringValue") return this.#field(id, operand, constant.value);
    const type = this.typeOf(operand);
    const keyType = this.typeOf(key);
    if (type === "dyn") return "dyn";
    if (typeof type === "object" && "list" in type) {
      if (accepts("int", keyType)) return type.list;
    } else if (typeof type === "object" && accepts("string", keyType)) {
      return "map" in type ? type.map : "dyn";
    }
    return this.#refuse(id, `${typeName(type)} cannot be indexed by ${typeName(keyType)}`);
  }

  #comprehension(id: bigint, loop: Comprehension): FactType {
    this.#comprehensions += 1;
    if (this.#comprehensions > COMPREHENSIONS_MAX) {
      return this.#refuse(id, "a condition has at most one of `all`, `exists`, `filter`, `map`");
    }
    const range = this.typeOf(loop.iterRange);
    const element = elementOf(range);
    if (element === undefined) {
      return this.#refuse(id, `${typeName(range)} is not a list`);
    }
    const before = new Map(this.#scope);
    this.#scope.set(loop.iterVar, element);
    this.#scope.set(loop.accuVar, this.typeOf(loop.accuInit));
    this.typeOf(loop.loopCondition);
    const step = this.typeOf(loop.loopStep);
    this.#scope.set(loop.accuVar, step);
    const result = this.typeOf(loop.result);
    this.#scope.clear();
    for (const [name, type] of before) this.#scope.set(name, type);
    return result;
  }

  #refuse(node: bigint, message: string): "dyn" {
    this.problems.push({ node, message });
    return "dyn";
  }
}

/** What must be written out, so that it is checked before it is used. */
function literalProblems({ function: name, args }: Call): readonly string[] {
  const isLiteral = args.every(({ exprKind: kind }) => kind.case === "constExpr");
  if (name === "matches" && !isLiteral) return ["write the pattern of `matches` as a text"];
  if (name.startsWith("get") && !isLiteral) return ["write the time zone as a text"];
  const isVerb = args.some(
    ({ exprKind: kind }) => kind.case === "identExpr" && kind.value.name === "action",
  );
  if (isVerb && args.some(hasLargeLetters)) return ["write AWS actions in small letters here"];
  return [];
}

/** Whether a text, or one in a list, is an AWS action that is not written as actions are compared. */
function hasLargeLetters({ exprKind: kind }: Expression): boolean {
  if (kind.case === "listExpr") return kind.value.elements.some(hasLargeLetters);
  if (kind.case !== "constExpr" || kind.value.constantKind.case !== "stringValue") return false;
  const text = kind.value.constantKind.value;
  return text.startsWith("aws:") && text !== text.toLowerCase();
}

function fits({ operands }: Overload, types: readonly FactType[]): boolean {
  return (
    operands.length === types.length &&
    operands.every((operand, index) => operand(types[index] ?? "dyn", types))
  );
}

/** Whether a value of type `actual` can be taken where `expected` is. */
export function accepts(expected: FactType, actual: FactType): boolean {
  if (expected === "dyn" || actual === "dyn") return true;
  if (typeof expected === "string" || typeof actual === "string") return expected === actual;
  if ("list" in expected) return "list" in actual && accepts(expected.list, actual.list);
  return !("list" in actual);
}

function elementOf(range: FactType): FactType | undefined {
  if (range === "dyn") return "dyn";
  if (typeof range === "string") return undefined;
  return "list" in range ? range.list : "string";
}

function commonType(types: readonly FactType[]): FactType {
  const [first = "dyn", ...others] = types;
  return others.every((type) => JSON.stringify(type) === JSON.stringify(first)) ? first : "dyn";
}

function typeName(type: FactType): string {
  if (typeof type === "object") return "list" in type ? "a list" : "a map";
  const names = { dyn: "a value", int: "a whole number", double: "a number", string: "a text" };
  if (type === "int" || type === "double" || type === "string" || type === "dyn")
    return names[type];
  return type === "bool" ? "true or false" : `a ${type}`;
}

function shownFunction(name: string): string {
  return name.replaceAll(/^_|_$|^@/g, "");
}
