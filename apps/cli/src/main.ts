/** Where the program begins. */
import "./older-node.ts";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { readEnv } from "./env.ts";
import { UsageError } from "./exit-code.ts";
import { runProgram } from "./program.ts";

// A reader that closes early, such as `head`, ends the program without a word.
process.stdout.on("error", () => process.exit());

void runProgram(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  error: (line) => void process.stderr.write(`${line}\n`),
  isTerminal: process.stdout.isTTY === true,
  env: readEnv(process.env),
  async read(path) {
    try {
      return path === "-" ? await text(process.stdin) : await readFile(path, "utf8");
    } catch (cause) {
      throw new UsageError(`${path} cannot be read`, { cause });
    }
  },
}).then((code) => {
  process.exitCode = code;
});
