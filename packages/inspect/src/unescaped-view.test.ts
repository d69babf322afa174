import fc from "fast-check";
import { expect, test } from "vitest";
import { unescapedView } from "./unescaped-view.ts";

function viewOf(json: string): string {
  return unescapedView(Buffer.from(json), 0, json.length).text;
}

test.each([
  ["an escape of a letter", String.raw`"\u0073k"`, '"sk"'],
  ["one in JSON within JSON", String.raw`"{\"k\":\"\\u0073k\"}"`, '"{"k":"sk"}"'],
  ["one three levels deep", String.raw`"\\\\u0073k"`, '"sk"'],
  ["a backslash before an escape", String.raw`"\\\u0073k"`, '"\\sk"'],
  ["a backslash before a nested escape", String.raw`"\\\\\\u0073k"`, '"\\sk"'],
  ["slashes and controls", String.raw`"a\/b\n\tc"`, '"a/b\n\tc"'],
  ["the controls of nested text", String.raw`"a\\nb"`, '"a\\nb"'],
  ["a Windows path", String.raw`"C:\\users"`, '"C:\\users"'],
  ["what is beyond Latin-1", String.raw`"\u4e2dsk\ud83d\ude00"`, '"\u0080sk\u0080\u0080"'],
  ["the end of a string behind a backslash", String.raw`"a\\","b"`, '"a","b"'],
])("%s is seen through", (_what, json, text) => {
  expect(viewOf(json)).toBe(text);
});

const nested = fc
  .tuple(
    fc.array(fc.constantFrom("\\", '"', "/", "\n", "a", "u0073", "é", "\u001b", "😀")),
    fc.nat(3),
  )
  .map(([pieces, depth]) => {
    let text = pieces.join("");
    for (let level = 0; level <= depth; level++) text = JSON.stringify(text);
    return text;
  });

test("any run of units replaced by other text leaves valid JSON of the same shape", () => {
  fc.assert(
    fc.property(nested, fc.nat(), fc.nat(), (json, a, b) => {
      const bytes = Buffer.from(json);
      const { offsets } = unescapedView(bytes, 1, bytes.length - 1);
      const from = offsets[a % offsets.length] ?? 0;
      const to = offsets[b % offsets.length] ?? 0;
      fc.pre(from <= to && to <= bytes.length - 1);
      const spliced = `${bytes.toString("utf8", 0, from)}X${bytes.toString("utf8", to)}`;
      expect(typeof JSON.parse(spliced)).toBe("string");
    }),
    { numRuns: 2_000 },
  );
});

test("a view that starts or ends inside an escape starts and ends on whole ones", () => {
  const json = String.raw`"\u0061\/\u0062\\\u0063\\u0064 e"`;
  const wholeEscapes = [...json.matchAll(/\\u....|\\.|./g)].map((match) => match.index);
  const bytes = Buffer.from(json);
  for (let from = 0; from < bytes.length; from++) {
    for (let to = from; to < bytes.length; to++) {
      for (const offset of unescapedView(bytes, from, to).offsets) {
        expect(wholeEscapes).toContain(offset);
      }
    }
  }
});
