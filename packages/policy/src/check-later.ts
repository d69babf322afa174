/** Words of the language that this version reads and type-checks, and does not enforce yet. */
import type { PolicyContent, PolicyLimit, PolicyRule } from "./document.ts";
import { compileGlob } from "./glob.ts";
import { errorAt, type Issue, type Word } from "./issue.ts";

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** How an approval is decided: by someone, by enough of them, in time. */
export function checkApproval(rule: PolicyRule): Issue[] {
  if (rule.approval === undefined) return [];
  const { by, quorum, within, hold, notify } = rule.approval;
  const [first] = [...(by ?? []), quorum, within, hold, ...(notify ?? [])].filter(
    (word) => word !== undefined,
  );
  if (first !== undefined && rule.effect !== "approve") {
    const message = "`by`, `quorum`, `within`, `hold` and `notify` belong to `approve`";
    return [errorAt(first.place, "not_an_approval", message)];
  }
  return [
    ...(by ?? []).flatMap((word) =>
      checkForm(word, APPROVER, "group:release` or `member:ada@acme.example"),
    ),
    ...(notify ?? []).flatMap((word) =>
      checkForm(word, CHANNEL, "slack:#deploys` or `telegram:on-call"),
    ),
    ...checkQuorum(by, quorum),
    ...(hold !== undefined && within !== undefined && seconds(hold) > seconds(within)
      ? [errorAt(hold.place, "holds_too_long", "`hold` is longer than `within`")]
      : []),
  ];
}

export function checkLimit({ place, kinds, alert }: PolicyLimit): Issue[] {
  if (kinds.length !== 1) {
    return [errorAt(place, "not_one_limit", "a limit has exactly one of `rate`, `budget`, `loop`")];
  }
  if (alert !== undefined && !kinds.includes("budget")) {
    return [errorAt(alert, "not_a_budget", "`alert` belongs to `budget`")];
  }
  return [];
}

export function checkContent({ find }: PolicyContent): Issue[] {
  return find.flatMap(({ value, place }) => {
    const glob = compileGlob(value, "segments");
    return "problem" in glob ? [errorAt(place, "wrong_glob", `\`${value}\`: ${glob.problem}`)] : [];
  });
}

const APPROVER = /^(group|member|role):[^\s:]+$/;
const CHANNEL = /^(slack|telegram|email|webhook):\S+$/;

function checkForm({ value, place }: Word, form: RegExp, example: string): Issue[] {
  if (form.test(value)) return [];
  return [errorAt(place, "wrong_form", `\`${value}\`: expected for example \`${example}\``)];
}

/** Single members who are fewer than the quorum can never make it. */
function checkQuorum(by: readonly Word[] | undefined, quorum: Word<number> | undefined): Issue[] {
  if (by === undefined || quorum === undefined) return [];
  const members = new Set(by.map(({ value }) => value));
  const isOpen = by.some(({ value }) => !value.startsWith("member:"));
  if (isOpen || members.size >= quorum.value) return [];
  const message = `${quorum.value} must approve and only ${members.size} may`;
  return [errorAt(quorum.place, "unsatisfiable_quorum", message)];
}

function seconds({ value }: Word): number {
  return Number.parseInt(value, 10) * (SECONDS[value.slice(-1)] ?? 0);
}
