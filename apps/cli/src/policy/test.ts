/** `yolo policy test`: the tests that stand in files, decided under all of the files together. */
import { runTests } from "@yolo/policy/run-tests";
import { type Command, readArguments } from "../command.ts";
import { EXIT } from "../exit-code.ts";
import { painterFor } from "../style.ts";
import { readFiles } from "./files.ts";
import { counted } from "./lint.ts";

const options = { json: { type: "boolean", default: false } } as const;

export const policyTest: Command = {
  usage: "policy test <file>… [--json]",
  summary: "Run the tests in policies, decided under all the files together.",
  help: ["--json   one JSON object instead of lines"],
  async run(args, io) {
    const { values, positionals } = readArguments(args, options);
    const tests = runTests(await readFiles(positionals, io)).map(
      ({ policyId: file, name, place, passed, message, decision }) => ({
        ...{ file, line: place.line, column: place.column, name, passed },
        ...{ effect: decision.effect, message },
      }),
    );
    const failed = tests.filter(({ passed }) => !passed).length;
    if (values.json) {
      const passed = tests.length - failed;
      io.out(JSON.stringify({ ok: failed === 0, passed, failed, tests }));
      return failed === 0 ? EXIT.ok : EXIT.findings;
    }
    const paint = painterFor(io);
    for (const { file, line, column, name, passed, message } of tests) {
      if (passed) io.out(`${paint("green", "ok  ")}  ${name}`);
      else {
        io.out(`${paint("red", "FAIL")}  ${name}`);
        io.out(`      ${paint("bold", `${file}:${line}:${column}`)}  ${message}`);
      }
    }
    io.out(`${counted(tests.length, "test")}: ${tests.length - failed} passed, ${failed} failed`);
    return failed === 0 ? EXIT.ok : EXIT.findings;
  },
};
