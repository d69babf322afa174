/** Policy text → documents as written. Never throws; whatever is not understood is an issue at its place. */
import type { Effect } from "@yolo/core/decision";
import type {
  PolicyDocument,
  PolicyLabel,
  PolicyRule,
  PolicyTest,
  PolicyTestUser,
  PolicyWho,
} from "./document.ts";
import { errorAt, type Issue, inReadingOrder, START, type Word } from "./issue.ts";
import type { RawDocument, RawRule, RawTest, RawWho } from "./schema.ts";
import { readSchema } from "./schema-issues.ts";
import { keyPlaceAt, placeAt, readYaml, type Tree } from "./yaml-tree.ts";

export type { Issue } from "./issue.ts";

type Path = readonly PropertyKey[];

/** The documents of the text, in order. Where an issue is an error they are incomplete and must not be enforced. */
export function parsePolicy(text: string): {
  documents: readonly PolicyDocument[];
  issues: readonly Issue[];
} {
  const { trees, issues: syntax } = readYaml(text);
  if (syntax.length > 0) return { documents: [], issues: inReadingOrder(syntax) };
  if (trees.length === 0) {
    const empty = errorAt(START, "empty_policy", "this policy is empty; write at least one rule");
    return { documents: [], issues: [empty] };
  }
  const reader = new DocumentReader();
  const documents = trees.flatMap((tree) => reader.document(tree));
  return { documents, issues: inReadingOrder(reader.issues) };
}

class DocumentReader {
  readonly issues: Issue[] = [];

  document(tree: Tree): PolicyDocument[] {
    const result = readSchema(tree);
    if ("issues" in result) {
      this.issues.push(...result.issues);
      return [];
    }
    const { raw } = result;
    if (raw.agent !== undefined && raw.agents !== undefined) {
      this.#error(tree, ["agents"], "two_selections", "write either `agent` or `agents`, not both");
    }
    if (raw.requires_approval === true && raw.policies === undefined) {
      const message =
        "`requires_approval` is about the sentences in `policies`, and there are none";
      this.#error(tree, ["requires_approval"], "no_sentences", message);
    }
    return [
      {
        place: tree.place,
        mode: raw.mode ?? "enforce",
        isBoundary: raw.boundary ?? false,
        agents: words(tree, ["agents"], raw.agents) ?? words(tree, ["agent"], raw.agent),
        requiresUser: raw.require === undefined ? undefined : placeAt(tree, ["require"]),
        labels: labelsOf(tree, raw),
        rules: [...this.#sentences(tree, raw), ...this.#rules(tree, raw)],
        tests: (raw.tests ?? []).map((test, index) => testOf(tree, ["tests", index], test)),
        unsupported: unsupportedWords(tree, raw),
      },
    ];
  }

  #sentences(tree: Tree, raw: RawDocument): PolicyRule[] {
    const effect: Effect = raw.requires_approval === true ? "approve" : "allow";
    return (raw.policies ?? []).flatMap((text, index) => {
      const path = ["policies", index];
      const [, verb, resource] = SENTENCE.exec(text) ?? [];
      if (verb === undefined || resource === undefined) {
        const message =
          "expected a sentence `verb on resource`, for example `git:push on branches/feature/*`";
        this.#error(tree, path, "not_a_sentence", message);
        return [];
      }
      const place = placeAt(tree, path);
      return [
        {
          form: "sentence",
          effect,
          place,
          verbs: [{ value: verb, place }],
          resources: [{ value: resource, place }],
          who: undefined,
          condition: undefined,
          id: undefined,
          always: false,
          reason: undefined,
        } satisfies PolicyRule,
      ];
    });
  }

  #rules(tree: Tree, raw: RawDocument): PolicyRule[] {
    return (raw.rules ?? []).flatMap((rule, index) => {
      const path = ["rules", index];
      const effects = EFFECT_KEYS.filter((effect) => rule[effect] !== undefined);
      const [effect, another] = effects;
      if (effect === undefined || another !== undefined) {
        const message = "a rule has exactly one of `allow`, `approve`, `deny`";
        this.#error(tree, path, "not_one_effect", message);
        return [];
      }
      return [ruleOf(tree, path, rule, effect)];
    });
  }

  #error(tree: Tree, path: Path, code: string, message: string): void {
    this.issues.push(errorAt(keyPlaceAt(tree, path), code, message));
  }
}

const EFFECT_KEYS = ["allow", "approve", "deny"] as const satisfies readonly Effect[];

/** `verb on resource`: the first word, the word `on`, and the rest. */
const SENTENCE = /^(\S+) +on +(\S(?:.*\S)?)$/;

function ruleOf(tree: Tree, path: Path, rule: RawRule, effect: Effect): PolicyRule {
  const idPath = [...path, "id"];
  return {
    form: "rule",
    effect,
    place: placeAt(tree, path),
    verbs: words(tree, [...path, effect], rule[effect]) ?? [],
    resources: words(tree, [...path, "on"], rule.on) ?? [],
    who: rule.who === undefined ? undefined : whoOf(tree, [...path, "who"], rule.who),
    condition: word(tree, [...path, "if"], rule.if),
    id: rule.id === undefined ? undefined : { value: rule.id, place: placeAt(tree, idPath) },
    always: rule.always ?? false,
    reason: rule.reason,
  };
}

function whoOf(tree: Tree, path: Path, who: RawWho): PolicyWho {
  return {
    place: keyPlaceAt(tree, path),
    agents: words(tree, [...path, "agents"], who.agents),
    tiers: typeof who.tiers === "string" ? [who.tiers] : who.tiers,
    roles: listOf(who.roles),
    groups: listOf(who.groups),
    scopes: listOf(who.scopes),
    claims: who.claims === undefined ? undefined : new Map(Object.entries(who.claims)),
  };
}

function labelsOf(tree: Tree, raw: RawDocument): PolicyLabel[] {
  return Object.entries(raw.labels ?? {}).map(([label, resources]) => ({
    label: { value: label, place: keyPlaceAt(tree, ["labels", label]) },
    resources: words(tree, ["labels", label], resources) ?? [],
  }));
}

function testOf(tree: Tree, path: Path, test: RawTest): PolicyTest {
  const at = <Value>(key: string, value: Value): Word<Value> => ({
    value,
    place: placeAt(tree, [...path, key]),
  });
  return {
    name: at("name", test.name),
    action: at("action", test.action),
    on: at("on", test.on),
    agent: test.agent,
    project: test.project,
    tier: test.tier,
    session: test.session,
    user: test.user === undefined ? undefined : testUserOf(test.user),
    args: test.args ?? {},
    facts: test.facts ?? {},
    usage: test.usage ?? {},
    now: test.now,
    expect: at("expect", test.expect),
    rule: test.rule === undefined ? undefined : at("rule", test.rule),
  };
}

function testUserOf(user: NonNullable<RawTest["user"]>): PolicyTestUser {
  return {
    id: user.id,
    verified: user.verified ?? true,
    roles: user.roles ?? [],
    groups: user.groups ?? [],
    scopes: user.scopes ?? [],
    claims: user.claims ?? {},
  };
}

const LATER_DOCUMENT_WORDS = ["volumes", "limits", "content"] as const;
const LATER_RULE_WORDS = ["by", "quorum", "within", "hold", "notify"] as const;

/** Words that are part of the language and enforced by nothing in this version. */
function unsupportedWords(tree: Tree, raw: RawDocument): Word[] {
  const inDocument = LATER_DOCUMENT_WORDS.filter((key) => raw[key] !== undefined).map((key) => [
    key,
  ]);
  const inRules = (raw.rules ?? []).flatMap((rule, index) =>
    LATER_RULE_WORDS.filter((key) => rule[key] !== undefined).map((key) => ["rules", index, key]),
  );
  return [...inDocument, ...inRules].map((path) => ({
    value: String(path.at(-1)),
    place: keyPlaceAt(tree, path),
  }));
}

function listOf(value: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof value === "string" ? [value] : value;
}

function word(tree: Tree, path: Path, value: string | undefined): Word | undefined {
  return value === undefined ? undefined : { value, place: placeAt(tree, path) };
}

function words(
  tree: Tree,
  path: Path,
  value: string | readonly string[] | undefined,
): readonly Word[] | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string") return [{ value, place: placeAt(tree, path) }];
  return value.map((item, index) => ({ value: item, place: placeAt(tree, [...path, index]) }));
}
