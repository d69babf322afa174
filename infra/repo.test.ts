/** What holds for the repository as a whole and no other tool looks at. Fast: it only reads files. */
import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { ERRORS } from "@yolo/core/errors";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const ROOT = resolve(import.meta.dirname, "..");
const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
  cwd: ROOT,
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => path !== "" && existsSync(join(ROOT, path)));
const sources = files.filter((path) => /\.(ts|tsx|mjs)$/.test(path));
const manifest = z.object({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).optional(),
  devDependencies: z.record(z.string(), z.string()).optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** Tests, and the suite that every surface of the gateway is tried by. */
function isTest(path: string): boolean {
  return /\.(test|spec)\.tsx?$|\/surfaces\/conformance[a-z-]*\.ts$/.test(path);
}

/** Every line of these files that matches, as `path:line`. */
function linesMatching(paths: readonly string[], pattern: RegExp): readonly string[] {
  return paths.flatMap((path) =>
    read(path)
      .split("\n")
      .flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
      ),
  );
}

describe("names", () => {
  test("no file or folder has a name that says nothing", () => {
    const banned =
      /(^|\/)(utils?|helpers?|commons?|managers?|libs?|misc|shared|index)(\.[a-z.]+)?(\/|$)/;
    expect(files.filter((path) => banned.test(path))).toEqual([]);
  });

  test("files are kebab-case, unless a tool prescribes their name", () => {
    const name = /^[a-z0-9.-]+$/;
    const ours = files.filter((path) => !path.startsWith("prisma/migrations/"));
    const prescribed = /^(README\.md|\[+[.a-z]+\]+|_[a-z]+|\([a-z]+\))$/;
    const odd = ours.filter((path) =>
      path.split("/").some((part) => !name.test(part) && !prescribed.test(part)),
    );
    expect(odd).toEqual([]);
  });
});

describe("size", () => {
  test("a file stays readable: 400 lines, 600 for a test", () => {
    const long = sources.filter(
      (path) =>
        read(path).split("\n").length - 1 > (isTest(path) || /\/test\//.test(path) ? 600 : 400),
    );
    expect(long).toEqual([]);
  });

  test("no folder is empty of files that git keeps", () => {
    const folders = globSync("{apps,packages}/*", { cwd: ROOT });
    expect(
      folders.filter((folder) => !files.some((path) => path.startsWith(`${folder}/`))),
    ).toEqual([]);
  });
});

describe("floors", () => {
  const workspaces = files.filter((path) => /^.+\/package\.json$/.test(path));
  test("every workspace has a tag, which `turbo boundaries` judges it by", () => {
    const tagged = z.object({ tags: z.array(z.string()).length(1) });
    const untagged = workspaces.filter((path) => {
      const turbo = join(dirname(path), "turbo.json");
      return !existsSync(join(ROOT, turbo)) || !tagged.safeParse(JSON.parse(read(turbo))).success;
    });
    expect(untagged).toEqual([]);
  });

  test("the testkit is for tests: nothing that serves calls imports it", () => {
    const serving = sources.filter(
      (path) =>
        /^(apps|packages)\/[^/]+\/src\//.test(path) &&
        !path.startsWith("packages/testkit/") &&
        !isTest(path),
    );
    expect(serving.length).toBeGreaterThan(100);
    expect(linesMatching(serving, /^(?!import type ).*from "@yolo\/testkit/)).toEqual([]);
  });
});

describe("environment", () => {
  /** What `.env.example` explains: each variable right below its comment. */
  const explained = [...read(".env.example").matchAll(/^# .+\n([A-Z][A-Z0-9_]*)=/gm)].map(
    ([, name]) => name,
  );
  const readers = files.filter((path) =>
    /^apps\/[^/]+\/src\/env\.ts$|^infra\/local\/settings\.ts$/.test(path),
  );
  const used = new Set(
    readers.flatMap((path) =>
      [...read(path).matchAll(/^ {2,4}([A-Z][A-Z0-9_]*): /gm)].map(([, name]) => name),
    ),
  );

  test("`.env.example` explains every variable that a program reads, once, and no other", () => {
    expect(readers.length).toBeGreaterThanOrEqual(5);
    expect(explained.toSorted()).toEqual([...used].toSorted());
    expect(read(".env.example").match(/^[A-Z][A-Z0-9_]*=/gm)).toHaveLength(explained.length);
  });

  test("programs read their environment in one file", () => {
    const elsewhere = sources.filter(
      (path) =>
        /^(apps|packages)\/[^/]+\/src\//.test(path) &&
        !isTest(path) &&
        !path.startsWith("packages/testkit/"),
    );
    const allowed = /readEnv\(process\.env\)|NEXT_RUNTIME|NODE_ENV/;
    const lines = linesMatching(elsewhere, /process\.env/).filter((line) => !allowed.test(line));
    expect(lines).toEqual([]);
  });
});

describe("docs", () => {
  test("every error code has its section with its status, and every section its code", () => {
    const sections = new Map(
      [...read("docs/errors.md").matchAll(/^## ([a-z_]+)\n+HTTP (\d+)/gm)].map(
        ([, code, status]) => [code, Number(status)],
      ),
    );
    expect(Object.fromEntries(sections)).toEqual(ERRORS);
    const headings = [...read("docs/errors.md").matchAll(/^## ([a-z]+(?:_[a-z]+)+)$/gm)];
    expect(headings.map(([, code]) => code).filter((code) => !sections.has(code))).toEqual([]);
  });

  test("every complaint of `npm start` that README.md explains is one it makes", () => {
    const [, table = ""] =
      /## When `npm start` does not start\n([\s\S]+?)\n\n`rm/.exec(read("README.md")) ?? [];
    const complaints = [...table.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text),
    );
    expect(complaints.length).toBeGreaterThan(8);
    const programs = sources
      .filter((path) => /^(infra|prisma|packages)\//.test(path) && !isTest(path))
      .map(read)
      .join("\n");
    // What differs from one time to the next is left out on both sides.
    const missing = complaints
      .flatMap((text) => text.split(/…|\d+|SIG[A-Z]+/))
      .map((part) => part.trim())
      .filter((part) => part.length > 1 && !programs.includes(part));
    expect(missing).toEqual([]);
  });

  test("every path in README.md's table of places is there", () => {
    const [, table = ""] = /## Where is …\?\n([\s\S]+?)\n\n##/.exec(read("README.md")) ?? [];
    const paths = [...table.matchAll(/`([a-z0-9]+\/[^`<]*|\.env\.example)`/g)].map(
      ([, path = ""]) => path,
    );
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test("every link to a file leads to one, and every anchor to its heading", () => {
    const broken = files
      .filter((path) => path.endsWith(".md"))
      .flatMap((path) =>
        [...read(path).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].flatMap(([, link = ""]) =>
          leads(path, link) ? [] : [`${path}: ${link}`],
        ),
      );
    expect(broken).toEqual([]);
  });

  function leads(from: string, link: string): boolean {
    const [target = "", anchor] = link.split("#");
    const path = target === "" ? join(ROOT, from) : resolve(ROOT, dirname(from), target);
    if (relative(ROOT, path).startsWith("..") || !existsSync(path)) return false;
    if (anchor === undefined || statSync(path).isDirectory()) return true;
    return headingAnchors(readFileSync(path, "utf8")).has(anchor);
  }

  /** As GitHub makes them. */
  function headingAnchors(text: string): ReadonlySet<string> {
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
    return new Set(
      headings.map((heading) =>
        heading
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
          .trim()
          .replaceAll(/\s/g, "-"),
      ),
    );
  }
});

describe("what must not stand in any file", () => {
  const texts = files.filter((path) => !/package-lock\.json$|\.(png|woff2|ico)$/.test(path));

  test("paths of somebody's machine", () => {
    const machine = new RegExp(
      ["/work/(ma", "in|sha", "red)|/ro", "ot/|/Us", "ers/|(?<!features)/ho", "me/[a-z]"].join(""),
    );
    expect(linesMatching(texts, machine)).toEqual([]);
  });

  test("keys of real services", () => {
    const keys = new RegExp(
      [
        "sk-ant-(api|oat)\\d\\d-[\\w-]{80,}",
        "AKIA[0-9A-Z]{16}\\b(?<!EXAMPLE)",
        "ghp_\\w{36}",
        "-----BEGIN [A-Z ]*PRIVATE KEY",
      ].join("|"),
    );
    expect(
      linesMatching(texts, keys).filter((line) => !/test\.ts:|fixtures?\//.test(line)),
    ).toEqual([]);
  });

  test("what silences a checker, and work that is left for later", () => {
    const silencers = new RegExp(
      [
        "@ts-(ign",
        "ore|expect|noch",
        "eck)|biome-ig",
        "nore|\\bTO",
        "DO\\b|FIX",
        "ME\\b|as unk",
        "nown as",
      ].join(""),
    );
    expect(linesMatching(sources, silencers)).toEqual([]);
  });

  test("a test that never runs, or that keeps the others from running", () => {
    const never = /\b(test|it|describe)\.((only|todo)\b|skip\(\s*["'`])/;
    expect(linesMatching(sources.filter(isTest), never)).toEqual([]);
  });
});

describe("packages", () => {
  const manifests = files.filter((path) => /(^|\/)package\.json$/.test(path));

  test("every dependency is pinned to one version, the same everywhere", () => {
    const wanted = new Map<string, string>();
    const wrong = manifests.flatMap((path) => {
      const { dependencies, devDependencies, optionalDependencies } = manifest.parse(
        JSON.parse(read(path)),
      );
      return Object.entries({
        ...dependencies,
        ...devDependencies,
        ...optionalDependencies,
      }).filter(([name, version]) => {
        const known = wanted.get(name) ?? version;
        wanted.set(name, known);
        return !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) || known !== version;
      });
    });
    expect(wrong).toEqual([]);
  });
});
