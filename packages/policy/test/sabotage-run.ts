/**
 * Takes one clause after the other away from a copy of the sources in the folder given as first argument, and asks
 * each damaged engine the questions of the differential test until it answers one differently. Writes one line of
 * JSON per clause: its name and how many pairs were asked, or the reason why it was not caught.
 */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { compilePolicy } from "../src/compile.ts";
import { CLAUSES } from "./clauses/all.ts";
import type { Clause } from "./clauses/clause.ts";
import { differenceOn, type Question, randomQuestion } from "./differential.ts";

const PAIRS_MAX = 100_000;
const packages = resolve(import.meta.dirname, "../..");
const [folder = "", seedText = "1"] = process.argv.slice(2);
const seed = Number(seedText);
const questions: Question[] = [];

function questionAt(index: number): Question {
  const question = questions[index] ?? randomQuestion(seed + index);
  questions[index] = question;
  return question;
}

/** The sources by package and file name, without their extension. */
const sources = new Map(
  ["core", "policy"].flatMap((name) =>
    readdirSync(join(packages, name, "src"))
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => [
        `${name}/${file.slice(0, -".ts".length)}`,
        readFileSync(join(packages, name, "src", file), "utf8"),
      ]),
  ),
);
/** The same as JavaScript, so that only what a clause damages is translated again. */
const scripts = new Map([...sources].map(([file, source]) => [file, scriptOf(source)]));

function scriptOf(source: string): string {
  return stripTypeScriptTypes(source).replaceAll(/(from "[^"]+)\.ts"/g, '$1.mjs"');
}

/** A copy of both packages, in a folder of its own, without the clause. */
function copySources(name: string, clause: Clause | undefined): string {
  const copy = join(folder, name);
  for (const package_ of ["core", "policy"]) {
    mkdirSync(join(copy, package_, "src"), { recursive: true });
  }
  const exports_ = { "./*": "./src/*.mjs" };
  writeFileSync(join(copy, "core/package.json"), JSON.stringify({ exports: exports_ }));
  mkdirSync(join(copy, "node_modules/@yolo"), { recursive: true });
  symlinkSync(join(copy, "core"), join(copy, "node_modules/@yolo/core"));
  for (const [file, script] of scripts) {
    const text =
      file === clause?.file ? scriptOf(damaged(sources.get(file) ?? "", clause)) : script;
    writeFileSync(join(copy, `${file.replace("/", "/src/")}.mjs`), text);
  }
  return copy;
}

function damaged(source: string, { name, from, to }: Clause): string {
  const parts = source.split(from);
  if (parts.length !== 2) throw new Error(`"${name}" stands ${parts.length - 1} times in its file`);
  return parts.join(to);
}

/** How many pairs were asked until one was answered differently; `undefined`: none was. */
function pairsUntilCaught(compile: typeof compilePolicy): number | undefined {
  for (let index = 0, pairs = 0; pairs < PAIRS_MAX; index += 1) {
    const question = questionAt(index);
    pairs += question.attempts.length;
    try {
      if (differenceOn(question, compile) !== undefined) return pairs;
    } catch {
      return pairs;
    }
  }
  return undefined;
}

mkdirSync(join(folder, "node_modules"), { recursive: true });
for (const dependency of ["@bufbuild", "zod", "canonicalize", "uuid"]) {
  symlinkSync(
    join(packages, "../node_modules", dependency),
    join(folder, "node_modules", dependency),
  );
}
for (const [index, clause] of [undefined, ...CLAUSES].entries()) {
  const copy = copySources(String(index), clause);
  const url = pathToFileURL(join(copy, "policy/src/compile.mjs")).href;
  const module: { compilePolicy: typeof compilePolicy } = await import(url);
  const pairs =
    clause === undefined ? pairsOfSoundCopy(module) : pairsUntilCaught(module.compilePolicy);
  process.stdout.write(`${JSON.stringify({ name: clause?.name ?? "", pairs: pairs ?? null })}\n`);
}

/** The copy itself changes nothing: the first questions are answered as expected. */
function pairsOfSoundCopy(module: { compilePolicy: typeof compilePolicy }): number | undefined {
  const differences = Array.from({ length: 40 }, (_, index) =>
    differenceOn(questionAt(index), module.compilePolicy),
  );
  return differences.every((difference) => difference === undefined) ? 40 : undefined;
}
