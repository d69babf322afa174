/**
 * One spelling per resource. What a policy is matched against, what is recorded and what is sent on is this form, so
 * that writing a name differently never changes a decision. What cannot be read in one way only is refused.
 */
import { type Place, resolvePath } from "./path-spelling.ts";

export type Spelling = { readonly resource: string } | { readonly problem: string };

/** Longest resource, in UTF-16 units. */
const LENGTH_MAX = 32_768;

/**
 * The canonical resource of an action with this verb. Unicode is composed (NFC); heads (hosts, connectors, providers)
 * are in small letters without a trailing dot; paths are percent-decoded once, without empty and dot segments; a
 * branch is `refs/heads/…`; S3 addresses are ARNs. Canonical text is its own canonical form.
 */
export function spellResource(verb: string, resource: string): Spelling {
  return spell(verb, resource, "resource");
}

/** The same for a resource glob without braces, whose `*` and `?` stay what they are. */
export function spellGlob(verb: string, glob: string): Spelling {
  return spell(verb, glob, "glob");
}

function spell(verb: string, text: string, place: Place): Spelling {
  if (text.length > LENGTH_MAX) return { problem: `longer than ${LENGTH_MAX} characters` };
  const [family = "", name = ""] = verb.split(":", 2);
  if ((PLAIN_IN.get(family) ?? PLAIN).test(text)) return { resource: text };
  if (!text.isWellFormed()) return { problem: "not well-formed Unicode" };
  const composed = text.normalize("NFC");
  if (family !== "tool" && UNPRINTABLE.test(composed)) return { problem: "an invisible character" };
  if (composed.includes("\u0000")) return { problem: "a NUL character" };
  switch (family) {
    case "http":
      return underHead(composed, (path) => resolvePath(path, { place, isUrl: true }));
    case "llm":
      return REACHED_BY_PROVIDER.has(name)
        ? underHead(composed, (path) => resolvePath(path, { place, isUrl: true }))
        : underHead(composed, opaque);
    case "mcp":
      return underHead(composed, opaque);
    case "db":
      return underHead(composed, (path) => resolvePath(path, { place, isUrl: false }));
    case "git":
      return spellGit(composed, place);
    case "aws":
      return spellAws(name, composed, place);
    case "tool":
      return spellTool(name, composed, place);
    default:
      return opaque(composed);
  }
}

/** The verbs of `llm` whose resources are web addresses. */
const REACHED_BY_PROVIDER = new Set(["mcp_server", "fetch_url"]);

/** Text that is canonical under every head: a small head, and segments that begin with a letter, a digit or `_`. */
const PLAIN = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:\/\w[\w.-]*)*$/;
/** The same for families with a stricter form; most resources are plain, and this is on the way of every call. */
const PLAIN_IN: ReadonlyMap<string, RegExp> = new Map([
  [
    "git",
    /^(?!.*\.(?:git|lock)(?:[/#]|$))[a-z0-9]+(?:[.-][a-z0-9]+)*(?:\/[a-z0-9_]+(?:[.-][a-z0-9_]+)*)*(?:#refs(?:\/\w+(?:[.-]\w+)*)+)?$/,
  ],
  ["aws", /^arn:(?![^:]*:s3:::[^/]*[A-Z])[!-~]*$/],
]);

const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** Text whose inner form is its owner's; only what would be read as a way out of it is refused. */
function opaque(text: string): Spelling {
  const hasDots = text.split("/").some((segment) => segment === "." || segment === "..");
  return hasDots ? { problem: "a dot segment" } : { resource: text };
}

/** `<head>/<rest>`: the head is a host, a connector or a provider, the same in any case. */
function underHead(text: string, spellRest: (rest: string) => Spelling): Spelling {
  const slash = text.indexOf("/");
  const head = withoutEndings((slash < 0 ? text : text.slice(0, slash)).toLowerCase(), [
    ".",
    ":443",
  ]);
  if (head === "") return { problem: "nothing before the first `/`" };
  if (!HEAD.test(head)) return { problem: NO_HEAD };
  if (slash < 0) return { resource: head };
  const rest = spellRest(text.slice(slash + 1));
  if ("problem" in rest) return rest;
  return { resource: rest.resource === "" ? head : `${head}/${rest.resource}` };
}

/**
 * A host (with its port), a connector or a provider; what else could stand for a host has another form beside this one.
 * An ARN may stand beside other resources in a rule about several families: here it names nothing.
 */
const HEAD = /^(?:(?:[a-z0-9._*?-]+|\[[0-9a-f:.]+\])(?::[0-9*?]+)?|arn:.*)$/s;
const NO_HEAD =
  "no host, connector or provider at its beginning; a host is written without `https://` and user, beyond ASCII as `xn--…`";

/** The text without any of the endings, however many stand there. */
function withoutEndings(text: string, endings: readonly string[]): string {
  let end = text.length;
  for (;;) {
    const ending = endings.find((candidate) => text.endsWith(candidate, end));
    if (ending === undefined || end < ending.length) return text.slice(0, end);
    end -= ending.length;
  }
}

/** `host/owner/name#ref`: forges take repository names in any case and with or without `.git`; refs are exact. */
function spellGit(text: string, place: Place): Spelling {
  const hash = text.indexOf("#");
  const path = hash < 0 ? text : text.slice(0, hash);
  const repository = underHead(path, (rest) => spellRepository(rest, place));
  if ("problem" in repository) return repository;
  const name = repository.resource;
  if (hash < 0) return { resource: name };
  const ref = spellRef(text.slice(hash + 1), place);
  return "problem" in ref ? ref : { resource: `${name}#${ref.resource}` };
}

function spellRepository(path: string, place: Place): Spelling {
  const spelt = resolvePath(path, { place, isUrl: true });
  if ("problem" in spelt) return spelt;
  const full = spelt.resource.toLowerCase();
  const name = withoutEndings(full, [".git"]);
  const isNameless = name !== full && /(^|\/)\.*$/.test(name);
  return isNameless ? { problem: "a repository without a name" } : { resource: name };
}

/** A full ref name that git accepts (git-check-ref-format); a short one is a branch. */
function spellRef(text: string, place: Place): Spelling {
  const isGlob = place === "glob";
  const isFull = text.startsWith("refs/") || (isGlob && text.startsWith("**"));
  const ref = isFull ? text : `refs/heads/${text}`;
  const forbidden = isGlob
    ? /[\s~^:\\[]|\.\.|@\{|\/\/|\/$/
    : /[\s~^:?*\\[]|\.\.|@\{|\/\/|[/.]$|\.lock$/;
  const isBad = forbidden.test(ref) || /(^|\/)\./.test(ref) || text === "";
  return isBad ? { problem: "not a ref name that git accepts" } : { resource: ref };
}

/** S3 by any of its addresses (`s3://`, virtual host, path style, `bucket/key`) is one ARN; keys are never resolved. */
function spellAws(service: string, text: string, place: Place): Spelling {
  const [, before, named = "", behind = ""] = BUCKET_ARN.exec(text) ?? [];
  if (before !== undefined) return { resource: `${before}${named.toLowerCase()}${behind}` };
  const isElsewhere = service.toLowerCase() !== "s3";
  if (isElsewhere || text.startsWith("arn:") || /^\*+$/.test(text)) return { resource: text };
  const address = text.replace(/^https?:\/\//i, "");
  const [, bucket, key = ""] = PATH_STYLE.exec(address) ?? VIRTUAL_HOST.exec(address) ?? [];
  if (bucket === undefined) {
    const isWeb = address !== text || /^[^/]*\.amazonaws\.com/i.test(text);
    if (isWeb) return { problem: "not an address of a bucket" };
    return s3Arn(text.replace(/^s3:\/\//i, ""));
  }
  if (place === "resource" && /[?#]/.test(key)) {
    return { problem: "a query in the address of an object" };
  }
  const decoded = resolvePath(key, { place, isUrl: true, isS3Key: true });
  return "problem" in decoded ? decoded : s3Arn(`${bucket}/${decoded.resource}`);
}

const BUCKET_ARN = /^(arn:[^:]*:s3:::)([^/]*)(.*)$/s;
const VIRTUAL_HOST = /^([a-z0-9][a-z0-9.-]*)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com(?:\/(.*))?$/is;
const PATH_STYLE = /^s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com\/([^/]+)(?:\/(.*))?$/is;
const BUCKET = /^[a-z0-9._*?-]+$/;

/** Bucket names are the same in any case and keys are not. */
function s3Arn(path: string): Spelling {
  const slash = path.indexOf("/");
  const bucket = (slash < 0 ? path : path.slice(0, slash)).toLowerCase();
  const key = slash < 0 ? "" : path.slice(slash + 1);
  if (!BUCKET.test(bucket)) return { problem: "no name of a bucket before the first `/`" };
  return { resource: key === "" ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/${key}` };
}

/** The client's own tools that act on a file path. */
const FILE_TOOLS = new Set([
  "Read",
  "Write",
  "Edit",
  "MultiEdit",
  "NotebookRead",
  "NotebookEdit",
  "LS",
  "Glob",
  "Grep",
]);

/** File paths are resolved; web addresses too; commands stay as they are. */
function spellTool(name: string, text: string, place: Place): Spelling {
  if (FILE_TOOLS.has(name)) return spellFile(text, place);
  const url = (place === "glob" ? URL_GLOB : URL_TEXT).exec(text);
  if (url === null) return { resource: text };
  const [, scheme = "", host = "", path = "", query = ""] = url;
  const spelt = underHead(`${host}${path}`, (rest) => resolvePath(rest, { place, isUrl: true }));
  if ("problem" in spelt) return spelt;
  return { resource: `${scheme.toLowerCase()}://${spelt.resource}${query}` };
}

const URL_TEXT = /^(https?):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?$/is;
/** In a glob `?` is a wildcard, not the beginning of a query. */
const URL_GLOB = /^(https?):\/\/([^/#]*)([^#]*)$/is;

function spellFile(text: string, place: Place): Spelling {
  const path = text.replaceAll("\\", "/");
  const root = /^(?:[A-Za-z]:)?\//.exec(path)?.[0] ?? "";
  const rest = resolvePath(path.slice(root.length), {
    place,
    isUrl: false,
    isRelative: root === "",
  });
  return "problem" in rest ? rest : { resource: `${root}${rest.resource}` };
}
