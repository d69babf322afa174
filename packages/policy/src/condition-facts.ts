/** What the conditions of one decision look at, converted once and only as far as a condition reads it. */
import type { Action } from "@yolo/core/action";
import type { Moment, Subject } from "./engine.ts";

/** A value as conditions see it: whole numbers are integers, maps have no prototype. */
export type Value =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly Value[]
  | ReadonlyMap<string, Value>;

/** Most values that one fact may hold, lists and maps counted with all their contents. */
const VALUES_MAX = 200_000;

export class ConditionFacts {
  readonly now: number;
  readonly #sources: Readonly<Record<string, unknown>>;
  readonly #converted = new Map<string, Value>();
  #values = 0;

  constructor(facts: {
    readonly subject: Subject;
    readonly action: Action;
    readonly labels: readonly string[];
    readonly moment: Moment;
  }) {
    const { subject, action, labels, moment } = facts;
    const { user } = subject;
    this.now = moment.now;
    this.#sources = {
      agent: subject.agent,
      user: user.verified ? user : { ...user, roles: [], groups: [], scopes: [], claims: {} },
      session: subject.session,
      action: action.verb,
      resource: action.resource,
      args: action.args,
      facts: action.facts,
      labels,
      usage: moment.usage,
    };
  }

  /** The variable with the given fields, as far as they exist; without `fields` the whole of it. Throws where it is too big. */
  valueOf(variable: string, fields: readonly string[] | undefined): Value {
    const source = this.#sources[variable];
    if (fields === undefined || !isRecord(source)) return this.#convertedAt(variable, source);
    const value = new Map<string, Value>();
    for (const field of fields) {
      if (!Object.hasOwn(source, field)) continue;
      value.set(field, this.#convertedAt(`${variable}.${field}`, source[field]));
    }
    return value;
  }

  #convertedAt(path: string, source: unknown): Value {
    const known = this.#converted.get(path);
    if (known !== undefined) return known;
    const value = this.#convert(source);
    this.#converted.set(path, value);
    return value;
  }

  #convert(source: unknown): Value {
    this.#values += 1;
    if (this.#values > VALUES_MAX) throw new Error(`facts of more than ${VALUES_MAX} values`);
    if (typeof source === "number") return Number.isSafeInteger(source) ? BigInt(source) : source;
    if (typeof source === "string" || typeof source === "boolean") return source;
    if (Array.isArray(source)) return source.map((item) => this.#convert(item));
    if (!isRecord(source)) return null;
    const fields = new Map<string, Value>();
    for (const name of Object.keys(source)) fields.set(name, this.#convert(source[name]));
    return fields;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
