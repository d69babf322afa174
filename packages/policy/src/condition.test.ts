import type { Json } from "@yolo/core/action";
import { describe, expect, test } from "vitest";
import { compileCondition } from "./condition.ts";
import { ConditionFacts } from "./condition-facts.ts";
import { variablesFor } from "./facts.ts";
import { readVerb } from "./verb.ts";

interface Given {
  readonly args?: Record<string, Json>;
  readonly facts?: Record<string, Json>;
  readonly usage?: Record<string, number>;
  readonly now?: string;
  readonly verified?: boolean;
}

function compiled(text: string, verb = "mcp:call") {
  const read = readVerb(verb);
  if ("problem" in read) throw new Error(read.problem);
  return compileCondition(text, variablesFor([read.verb], ["recipients_1h"]));
}

function holds(text: string, given: Given = {}, verb = "mcp:call") {
  const result = compiled(text, verb);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.condition.holds(
    new ConditionFacts({
      subject: {
        agent: { id: "a1", name: "mailer", project: "shop" },
        user: {
          id: "u1",
          verified: given.verified ?? true,
          roles: ["sales"],
          groups: [],
          scopes: [],
          claims: { level: 3 },
        },
        session: { id: "s1" },
        tier: "api",
      },
      action: {
        verb: "mcp:call",
        resource: "mailer/send",
        args: given.args ?? {},
        facts: given.facts ?? {},
      },
      labels: ["phi"],
      moment: { now: Date.parse(given.now ?? "2026-11-02T03:00:00Z"), usage: given.usage ?? {} },
    }),
  );
}

function problems(text: string, verb?: string) {
  const result = compiled(text, verb);
  return "problems" in result ? result.problems : [];
}

const recipients = (count: number) =>
  Array.from({ length: count }, (_, index) => `r${index}@x.example`);

describe("a condition holds only where it is true", () => {
  test.each<[string, Given, boolean]>([
    ["size(args.recipients) >= 10000", { args: { recipients: recipients(10_000) } }, true],
    ["size(args.recipients) >= 10000", { args: { recipients: recipients(9_999) } }, false],
    [
      "size(args.to) + usage.recipients_1h >= 10",
      { args: { to: ["a"] }, usage: { recipients_1h: 9 } },
      true,
    ],
    ["args.amount > 100", { args: { amount: 100.5 } }, true],
    ["args.amount + 1 == 101", { args: { amount: 100 } }, true],
    ["has(args.amount)", {}, false],
    ["has(args.constructor)", {}, false],
    ["!has(args.amount) || args.amount < 5", {}, true],
    ["args.to.exists(r, r.endsWith('@evil.example'))", { args: { to: ["a@evil.example"] } }, true],
    ["args.path.matches('^/etc/(passwd|shadow)$')", { args: { path: "/etc/shadow" } }, true],
    ["now.getHours('Europe/Berlin') < 6", { now: "2026-11-02T03:00:00Z" }, true],
    ["now.getHours() == 3 && now.getDayOfWeek() == 1", { now: "2026-11-02T03:00:00Z" }, true],
    ["now.getHours('+05:30') == 8", { now: "2026-11-02T03:00:00Z" }, true],
    [
      "now < timestamp('2026-11-03T00:00:00Z') - duration('20h')",
      { now: "2026-11-02T03:00:00Z" },
      true,
    ],
    ["'phi' in labels && resource.startsWith('mailer/') && action == 'mcp:call'", {}, true],
    ["'sales' in user.roles && user.claims.level >= 3", {}, true],
    ["'sales' in user.roles", { verified: false }, false],
    ["agent.name == 'mailer' ? true : false", {}, true],
    ["args['x-y'] == 1", { args: { "x-y": 1 } }, true],
    ["args.list[0].name == 'a'", { args: { list: [{ name: "a" }] } }, true],
  ])("%s", (text, given, expected) => {
    expect(holds(text, given)).toBe(expected);
  });
});

describe("what cannot be evaluated gives its error, never a truth", () => {
  test.each<[string, Given]>([
    ["args.amount > 100", {}],
    ["args.amount > 100", { args: { amount: "many" } }],
    ["args.flag", { args: { flag: "true" } }],
    ["args.flag", { args: { flag: 1 } }],
    ["args.amount / 0 == 1", { args: { amount: 1 } }],
    ["args.list.exists(x, x == 1)", { args: { list: Array.from({ length: 1_001 }, () => 0) } }],
    ["args.text.matches('a')", { args: { text: "b".repeat(8_193) } }],
    ["args.nested.x == 1", { args: { nested: null } }],
  ])("%s %j", (text, given) => {
    expect(holds(text, given)).toHaveProperty("error");
  });
});

describe("a condition that cannot be right is refused with its place", () => {
  test.each<[string, number, string]>([
    ["args.a == 1 &&", 12, "not a condition"],
    ["user.rolez == []", 4, "did you mean `roles`"],
    ["facts.forse", 5, "no `forse`"],
    ["usr.id == 'a'", 0, "did you mean `user`"],
    ["user.id + 1 == 2", 8, "does not take"],
    ["user.id == 1", 8, "does not take"],
    ["user.id", 0, "true or false"],
    ["size(user.roles)", 0, "true or false"],
    ["exec('rm')", 0, "unknown function"],
    ["args.p.matches('(?=a)')", 6, "invalid or unsupported"],
    ["args.p.matches('(a)\\\\1')", 6, "invalid escape"],
    ["args.p.matches(args.q)", 6, "write the pattern"],
    ["args.p.matches('(a{1,500}b){2}')", 6, "repeat"],
    ["now.getHours('Mars/Olympus') == 1", 3, "unknown time zone"],
    ["now > timestamp('tomorrow')", 6, "is no timestamp"],
    ["now - now > duration('2 days')", 12, "is no duration"],
    ["args.a.exists(x, args.b.exists(y, x == y))", 23, "at most one"],
    ["(((((((((((((((((1 == 1)))))))))))))))))", 16, "nested deeper"],
    ["{'a': 1}.a == 1", 0, "cannot build maps"],
    ["usage.nothing > 1", 5, "has no `nothing`"],
    ["action == 'aws:s3:GetObject'", 6, "in small letters"],
    ["action in ['git:push', 'aws:s3:GetObject']", 6, "in small letters"],
  ])("%s", (text, offset, message) => {
    const [first] = problems(text, "git:push");
    expect(first?.message).toContain(message);
    expect(first?.offset).toBe(offset);
  });
});

test("facts are typed by the verb", () => {
  expect(problems("facts.force", "git:push")).toEqual([]);
  expect(problems("facts.force", "custom:deploy")).toEqual([]);
  expect(problems("facts.force", "http:get")).not.toEqual([]);
  expect(problems("facts.force == 'yes'", "git:push")).not.toEqual([]);
});
