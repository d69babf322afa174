/** Paths in one spelling: decoded once, without empty and dot segments; or the reason why they can be read two ways. */

export type Place = "resource" | "glob";

export interface PathRules {
  readonly place: Place;
  /** Percent-decode, as an upstream server would. */
  readonly isUrl: boolean;
  /** `..` may lead out of where the path begins; it stays. */
  readonly isRelative?: boolean;
  /** A key of an object store: slashes and dots in it are plain characters. */
  readonly isS3Key?: boolean;
}

type PathResult = { readonly resource: string } | { readonly problem: string };

/** The path, which starts after its head's slash. */
export function resolvePath(path: string, rules: PathRules): PathResult {
  const decoded = rules.isUrl ? decode(path, rules) : { resource: path };
  if ("problem" in decoded || rules.isS3Key === true) return decoded;
  const kept: string[] = [];
  for (const segment of decoded.resource.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== ".." && rules.place === "resource") kept.pop();
    else if (rules.isRelative === true && rules.place === "resource") kept.push(segment);
    else return { problem: "a path that leads out of itself by `..`" };
  }
  return { resource: kept.join("/") };
}

/** RFC 3986 §2.4: decoded exactly once. An encoded separator or a second encoding is read differently by different servers. */
function decode(path: string, rules: PathRules): PathResult {
  if (path.includes("\\")) return { problem: "a backslash in a path" };
  const structure = rules.place === "glob" ? /[;#]/ : /[;#?]/;
  const found = rules.isS3Key === true ? undefined : structure.exec(path)?.[0];
  if (found !== undefined) return { problem: `a \`${found}\` in a path` };
  if (!path.includes("%")) return { resource: path };
  let text: string;
  try {
    text = path.replaceAll(ENCODED_RUN, (run) => decodeURIComponent(run)).normalize("NFC");
  } catch {
    return { problem: "percent-encoding that is not UTF-8" };
  }
  if (ENCODED.test(text)) return { problem: "double percent-encoding" };
  if (CONTROL.test(text)) return { problem: "an encoded invisible character" };
  if (rules.isS3Key !== true && ENCODED_SEPARATOR.test(path)) {
    return { problem: "an encoded separator in a path" };
  }
  if (rules.place === "glob" && ENCODED_WILDCARD.test(path)) {
    return { problem: "an encoded wildcard" };
  }
  return { resource: text };
}

const ENCODED_RUN = /(?:%[0-9A-Fa-f]{2})+/g;
const ENCODED = /%[0-9A-Fa-f]{2}/;
const CONTROL = /[\p{Cc}\p{Cf}\u2028\u2029]/u;
/** `/`, `\`, `;` and `#`: plain characters to one reader, structure to another. */
const ENCODED_SEPARATOR = /%(?:2[Ff]|5[Cc]|3[Bb]|23)/;
/** What would become a wildcard, a brace or a bracket of the glob. */
const ENCODED_WILDCARD = /%(?:2[Aa]|3[Ff]|[57][BbDd])/;
