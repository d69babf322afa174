/** Spellings, globs and verbs as the reference describes them, written without regard to speed and apart from the engine. */

const GENERAL = new Map([
  ["git:force_push", "git:push"],
  ["git:delete_ref", "git:push"],
  ["git:create_tag", "git:push"],
]);

export function naiveGeneral(verb: string): string | undefined {
  return GENERAL.get(verb);
}

/** The long form of a verb word. */
export function naiveVerb(word: string): string {
  const long = word.startsWith("s3:") || word.startsWith("iam:") ? `aws:${word}` : word;
  return long.startsWith("aws:") ? long.toLowerCase() : long;
}

export function naiveVerbMatches(word: string, verb: string): boolean {
  const pattern = naiveVerb(word);
  if (pattern === "*") return true;
  return globMatches(pattern, naiveVerb(verb), true);
}

/** The one spelling of a resource; `null` where it can be read in two ways. */
export function naiveResource(verb: string, given: string): string | null {
  const [family = "", name = ""] = naiveVerb(verb).split(":");
  const text = given.normalize("NFC");
  if (family !== "tool" && hasInvisible(text)) return null;
  if (text.includes("\0")) return null;
  if (family === "http" || (family === "llm" && (name === "mcp_server" || name === "fetch_url"))) {
    return withHead(text, (path) => webPath(path));
  }
  if (family === "llm" || family === "mcp") return withHead(text, plain);
  if (family === "db") return withHead(text, (path) => folded(path.split("/")));
  if (family === "git") return repository(text);
  if (family === "aws") return name === "s3" || text.startsWith("arn:") ? bucket(text) : text;
  if (family === "tool") return localTool(name, text);
  return plain(text);
}

function hasInvisible(text: string): boolean {
  return [...text].some((character) => /^[\p{Cc}\p{Cf}\u2028\u2029]$/u.test(character));
}

function plain(text: string): string | null {
  return text.split("/").some((part) => part === "." || part === "..") ? null : text;
}

function withHead(text: string, rest: (path: string) => string | null): string | null {
  const parts = text.split("/");
  let head = (parts[0] ?? "").toLowerCase();
  while (head.endsWith(".") || head.endsWith(":443")) {
    head = head.endsWith(".") ? head.slice(0, -1) : head.slice(0, -4);
  }
  if (!isHead(head)) return null;
  if (parts.length === 1) return head;
  const tail = rest(parts.slice(1).join("/"));
  if (tail === null) return null;
  return tail === "" ? head : `${head}/${tail}`;
}

/** Letters and digits of ASCII, `.`, `_`, `-`, and perhaps a port; what stands for wildcards here too. */
function isHead(head: string): boolean {
  if (head.startsWith("arn:")) return true;
  const [name = "", port = "0", ...more] = head.split(":");
  const consistsOf = (text: string, allowed: string) =>
    text !== "" && [...text].every((character) => allowed.includes(character));
  const wild = "*\u{f8ff}0123456789";
  return (
    more.length === 0 &&
    consistsOf(port, wild) &&
    consistsOf(name, `${wild}abcdefghijklmnopqrstuvwxyz._-`)
  );
}

function folded(parts: readonly string[], mayLeave = false): string | null {
  const kept: string[] = [];
  for (const part of parts) {
    if (part === "" || part === ".") continue;
    if (part !== "..") {
      kept.push(part);
      continue;
    }
    const last = kept[kept.length - 1];
    if (last !== undefined && last !== "..") kept.pop();
    else if (mayLeave) kept.push("..");
    else return null;
  }
  return kept.join("/");
}

function webPath(path: string): string | null {
  for (const bad of ["\\", ";", "#", "?"]) if (path.includes(bad)) return null;
  const decoded = percentDecoded(path, ["/", "\\", ";", "#"]);
  return decoded === null ? null : folded(decoded.split("/"));
}

/** Decoded once; `null` where that gives one of `forbidden`, something invisible, or something encoded again. */
function percentDecoded(path: string, forbidden: readonly string[]): string | null {
  const bytes: number[] = [];
  const source = new TextEncoder().encode(path);
  let wasEncoded = false;
  for (let at = 0; at < source.length; at += 1) {
    const hex = String.fromCharCode(source[at + 1] ?? 0, source[at + 2] ?? 0);
    if (source[at] === 0x25 && /^[0-9a-fA-F]{2}$/.test(hex)) {
      const byte = Number.parseInt(hex, 16);
      if (forbidden.includes(String.fromCharCode(byte))) return null;
      bytes.push(byte);
      wasEncoded = true;
      at += 2;
    } else {
      bytes.push(source[at] ?? 0);
    }
  }
  if (!wasEncoded) return path;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
      .decode(Uint8Array.from(bytes))
      .normalize("NFC");
    return /%[0-9a-fA-F]{2}/.test(text) || hasInvisible(text) ? null : text;
  } catch {
    return null;
  }
}

function repository(text: string): string | null {
  const hash = text.indexOf("#");
  const path = hash < 0 ? text : text.slice(0, hash);
  const spelt = withHead(path, (rest) => {
    const folder = webPath(rest);
    if (folder === null) return null;
    let name = folder.toLowerCase();
    const isStripped = name.endsWith(".git");
    while (name.endsWith(".git")) name = name.slice(0, -4);
    const last = name.split("/").at(-1) ?? "";
    if (isStripped && [...last].every((character) => character === ".")) return null;
    return name;
  });
  if (spelt === null || hash < 0) return spelt;
  const short = text.slice(hash + 1);
  if (short === "") return null;
  const ref = short.startsWith("refs/") ? short : `refs/heads/${short}`;
  return isRef(ref) ? `${spelt}#${ref}` : null;
}

function isRef(ref: string): boolean {
  if (/[\s~^:?*\\[]/.test(ref) || ref.includes("..") || ref.includes("@{")) return false;
  if (ref.endsWith(".") || ref.endsWith("/") || ref.endsWith(".lock")) return false;
  return ref.split("/").every((part) => part !== "" && !part.startsWith("."));
}

function bucket(text: string): string | null {
  if (text.startsWith("arn:")) {
    const [before = "", after] = text.split(":s3:::", 2);
    if (after === undefined || before.split(":").length !== 2) return text;
    const [name = "", ...key] = text.slice(`${before}:s3:::`.length).split("/");
    return `${before}:s3:::${[name.toLowerCase(), ...key].join("/")}`;
  }
  if (text === "*") return text;
  const address = text.replace(/^https?:\/\//i, "");
  const host = address.split("/")[0]?.toLowerCase() ?? "";
  const path = address.split("/").slice(1).join("/");
  const arn = (name: string, key: string): string | null =>
    /^[\w.*?-]+$/.test(name)
      ? `arn:aws:s3:::${name.toLowerCase()}${key === "" ? "" : `/${key}`}`
      : null;
  if (host.endsWith(".amazonaws.com")) {
    const decoded = percentDecoded(path, []);
    if (decoded === null || /[\\?#]/.test(path)) return null;
    if (host.startsWith("s3.")) {
      const [name = "", ...key] = decoded.split("/");
      return arn(name, key.join("/"));
    }
    const at = host.indexOf(".s3.");
    return at < 0 ? null : arn(host.slice(0, at), decoded);
  }
  if (address !== text) return null;
  const [name = "", ...key] = text.replace(/^s3:\/\//i, "").split("/");
  return arn(name, key.join("/"));
}

const FILE_TOOLS = ["read", "write", "edit"];

function localTool(name: string, text: string): string | null {
  if (FILE_TOOLS.includes(name.toLowerCase())) {
    const path = text.replaceAll("\\", "/");
    const root = path.startsWith("/") ? "/" : "";
    const rest = folded(path.split("/"), root === "");
    return rest === null ? null : `${root}${rest}`;
  }
  if (!/^https?:\/\//i.test(text)) return text;
  const at = text.indexOf("://");
  const [beforeHash = ""] = text.slice(at + 3).split("#");
  const question = beforeHash.indexOf("?");
  const address = question < 0 ? beforeHash : beforeHash.slice(0, question);
  if (address.split("/")[0]?.includes("@")) return null;
  const spelt = withHead(address, webPath);
  if (spelt === null) return null;
  const query = question < 0 ? "" : beforeHash.slice(question);
  return `${text.slice(0, at).toLowerCase()}://${spelt}${query}`;
}

/** The globs without braces and in their long form that a rule's resource word stands for. */
export function naiveGlobs(verbWord: string, family: string, word: string): readonly string[] {
  return braces(word).flatMap((glob) => {
    const spelt = naiveGlob(verbWord, family, glob);
    return spelt === null ? [] : [spelt];
  });
}

function braces(text: string): readonly string[] {
  const found = /^([^{]*)\{([^}]*)\}(.*)$/s.exec(text);
  if (found === null) return [text];
  const [, before = "", choices = "", after = ""] = found;
  return choices.split(",").flatMap((choice) => braces(`${before}${choice}${after}`));
}

function naiveGlob(verbWord: string, family: string, glob: string): string | null {
  const isAnyFamily = verbWord === "*";
  const verb = isAnyFamily ? `${family}:*` : naiveVerb(verbWord);
  if (family === "git") return gitGlob(glob, isAnyFamily);
  if (family === "aws") {
    const isBucket = verb.startsWith("aws:s3:") && !/^\*+$/.test(glob);
    return isBucket || glob.startsWith("arn:") ? bucket(glob) : glob;
  }
  if (family === "tool" && verb !== "tool:*") return localTool(verb.slice(5), glob);
  if (family === "tool" && !/^https?:/i.test(glob)) return glob;
  return naiveResource(verb, glob.replaceAll("?", "\u{f8ff}"))?.replaceAll("\u{f8ff}", "?") ?? null;
}

function gitGlob(glob: string, isAnyFamily: boolean): string | null {
  const shorts = { branches: "refs/heads", tags: "refs/tags", refs: "refs" };
  if (!isAnyFamily && !glob.includes("#")) {
    for (const [short, long] of Object.entries(shorts)) {
      if (glob.startsWith(`${short}/`)) return `**#${long}${glob.slice(short.length)}`;
    }
  }
  const whole = glob.includes("#") || glob.endsWith("**") ? glob : `${glob}#**`;
  const hash = whole.indexOf("#");
  const path = hash < 0 ? whole : whole.slice(0, hash);
  const spelt = repository(path.replaceAll("?", "\u{f8ff}"))?.replaceAll("\u{f8ff}", "?");
  if (spelt === undefined) return null;
  if (hash < 0) return spelt;
  const ref = whole.slice(hash + 1);
  const isFull = ref.startsWith("refs/") || ref.startsWith("**");
  return `${spelt}#${isFull ? ref : `refs/heads/${ref}`}`;
}

/** Whether the glob matches the whole text. */
export function globMatches(glob: string, text: string, isCrossing: boolean): boolean {
  const characters = [...text];
  const known = new Map<string, boolean>();
  const isSeparator = (character: string | undefined): boolean =>
    !isCrossing && (character === "/" || character === "#");
  const matches = (g: number, t: number, hasTaken = false): boolean => {
    const key = `${g}:${t}:${hasTaken}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = matchesAfresh(g, t, hasTaken);
    known.set(key, result);
    return result;
  };
  const tokens = glob.match(/\*+|[^*]/gsu) ?? [];
  const matchesAfresh = (g: number, t: number, hasTaken: boolean): boolean => {
    const token = tokens[g];
    const atEnd = t === characters.length;
    if (token === undefined) return atEnd;
    const isTail = !isCrossing && g > 0 && g + 2 === tokens.length && tokens[g + 1] === "**";
    if (isTail && (token === "/" || token === "#") && atEnd) return true;
    if (token.startsWith("*")) {
      const isWhole = !isCrossing && token === "**" && (g === 0 || isSeparator(tokens[g - 1]));
      if (isWhole && !hasTaken && tokens[g + 1] === "/" && matches(g + 2, t)) return true;
      if (matches(g + 1, t)) return true;
      const takes = !atEnd && (token.length > 1 || !isSeparator(characters[t]));
      return takes && matches(g, t + 1, true);
    }
    if (atEnd) return false;
    const isOne = token === characters[t] || (token === "?" && !isSeparator(characters[t]));
    return isOne && matches(g + 1, t + 1);
  };
  return matches(0, 0);
}
