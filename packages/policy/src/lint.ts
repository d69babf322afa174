/** What publishing runs: syntax, schema, meaning, the policy's own tests, and warnings to acknowledge. */
import { type Checked, checkLanguage, checkText } from "./check.ts";
import { errorAt, hasErrors, type Issue, inReadingOrder } from "./issue.ts";
import { runDocumentTests } from "./run-tests.ts";
import { warningsOf } from "./warnings.ts";

/** Every issue of the text in reading order; a text with an error must not be published. Never throws. */
export function lintPolicy(text: string): readonly Issue[] {
  return withTests(checkText(text));
}

/** The same for the whole language, whatever this version supports. Never throws. */
export function lintLanguage(text: string): readonly Issue[] {
  return withTests(checkLanguage(text));
}

function withTests({ documents, issues }: Checked): readonly Issue[] {
  if (hasErrors(issues)) return issues;
  const source = { policyId: "draft", version: 0 };
  const sources = documents.map((resolved) => ({ source, resolved }));
  const failed = runDocumentTests(sources).filter(({ passed }) => !passed);
  const failures = failed.map(({ place, message }) => errorAt(place, "test_failed", message));
  return inReadingOrder([...issues, ...warningsOf(documents), ...failures]);
}
