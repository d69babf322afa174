/** Other spellings of a canonical resource. */
import type { Action, Verb } from "@yolo/core/action";
import type { Random } from "./random.ts";

/** The same action, its resource (and an AWS verb) written in another way. */
export function respelt(random: Random, action: Action): Action {
  const { verb, resource } = action;
  const family = verb.split(":")[0];
  if (family === "http" || verb === "llm:mcp_server" || verb === "llm:fetch_url") {
    return { ...action, resource: webSpelling(random, resource) };
  }
  if (family === "git") return { ...action, resource: gitSpelling(random, resource) };
  if (family === "aws") return awsSpelling(random, action);
  if (family === "llm" || family === "mcp" || family === "db") {
    return { ...action, resource: headSpelling(random, resource) };
  }
  if (verb === "tool:Write") return { ...action, resource: fileSpelling(random, resource) };
  return action;
}

function headSpelling(random: Random, resource: string): string {
  const [head = "", ...rest] = resource.split("/");
  const other = random.pick([head.toUpperCase(), `${head}.`, `${head}:443`, head]);
  return [other, ...rest].join("/");
}

function webSpelling(random: Random, resource: string): string {
  const [head = "", ...rest] = headSpelling(random, resource).split("/");
  const path = rest.map((segment) =>
    random.pick([
      segment,
      `./${segment}`,
      `/${segment}`,
      `x/../${segment}`,
      segment.normalize("NFD"),
      [...segment].map((letter) => encodedAtTimes(random, letter)).join(""),
    ]),
  );
  return [head, ...path].join("/") + (random.chance(20) && rest.length > 0 ? "/" : "");
}

function encodedAtTimes(random: Random, letter: string): string {
  if (!/[a-z]/.test(letter) || random.chance(50)) return letter;
  return `%${letter.charCodeAt(0).toString(16)}`;
}

function gitSpelling(random: Random, resource: string): string {
  const [repository = "", ...refs] = resource.split("#");
  const ref = refs.join("#");
  const hasPath = repository.includes("/");
  const name = random.pick([
    repository.toUpperCase(),
    hasPath ? `${repository}.git` : repository,
    hasPath ? `${repository}/` : repository,
    repository.replace("/", "//"),
  ]);
  if (refs.length === 0) return name;
  const short = ref.replace(/^refs\/heads\/(?!refs\/)/, "");
  return `${name}#${random.pick([ref, short])}`;
}

function awsSpelling(random: Random, action: Action): Action {
  const [family, service = "", name = ""] = action.verb.split(":");
  const verb: Verb = `aws:${service}:${random.pick([name, name.toUpperCase(), name.toLowerCase()])}`;
  const [, bucket = "", key = ""] = /^arn:aws:s3:::([^/*]+)\/(.+)$/.exec(action.resource) ?? [];
  if (family !== "aws" || service !== "s3" || bucket === "") return { ...action, verb };
  const encoded = encodeURI(key);
  const resource = random.pick([
    `s3://${bucket}/${key}`,
    `${bucket.toUpperCase()}/${key}`,
    `arn:aws:s3:::${bucket.toUpperCase()}/${key}`,
    `https://${bucket}.s3.eu-west-1.amazonaws.com/${encoded}`,
    `s3.amazonaws.com/${bucket}/${encoded}`,
  ]);
  return { ...action, verb, resource };
}

function fileSpelling(random: Random, resource: string): string {
  return random.pick([
    resource.replaceAll("/", "//"),
    resource.replaceAll("/", "\\"),
    resource.startsWith("/") ? `/tmp/..${resource}` : `./${resource}`,
    `${resource}/`,
  ]);
}
