/** A sign beside each test: whether it passed when the server last judged them. Moves with the text. */
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { type EditorView, GutterMarker, gutter } from "@codemirror/view";

export interface TestMark {
  readonly line: number;
  readonly passed: boolean;
  readonly message: string;
}

const setMarks = StateEffect.define<readonly TestMark[]>();

class Sign extends GutterMarker {
  readonly #mark: TestMark;

  constructor(mark: TestMark) {
    super();
    this.#mark = mark;
  }

  override eq(other: Sign): boolean {
    return other.#mark.passed === this.#mark.passed && other.#mark.message === this.#mark.message;
  }

  override toDOM(): HTMLElement {
    const { passed, message } = this.#mark;
    const sign = document.createElement("span");
    sign.className = passed ? "cm-test-passed" : "cm-test-failed";
    sign.textContent = passed ? "✓" : "✗";
    sign.title = message;
    return sign;
  }
}

const marks = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(before, transaction) {
    let now = before.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const { doc } = transaction.state;
      const signs = effect.value
        .filter(({ line }) => line >= 1 && line <= doc.lines)
        .map((mark) => new Sign(mark).range(doc.line(mark.line).from));
      now = RangeSet.of(signs, true);
    }
    return now;
  },
});

export const testMarks = [
  marks,
  gutter({ class: "cm-test-gutter", markers: (view) => view.state.field(marks) }),
];

/** `tests` are those of the text that stands in the editor. */
export function showTestMarks(view: EditorView, tests: readonly TestMark[]): void {
  view.dispatch({ effects: setMarks.of(tests) });
}
