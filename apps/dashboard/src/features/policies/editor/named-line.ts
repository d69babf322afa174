/** The line that an address or a list names, so that the eye finds it. */
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { offsetAt } from "./text-position.ts";

const nameLine = StateEffect.define<number>();
const LINE = Decoration.line({ class: "cm-named-line" });

const named = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, { state, changes, effects }) {
    let now = before.map(changes);
    for (const effect of effects) {
      if (!effect.is(nameLine)) continue;
      const isThere = effect.value >= 1 && effect.value <= state.doc.lines;
      now = isThere
        ? Decoration.set([LINE.range(state.doc.line(effect.value).from)])
        : Decoration.none;
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const namedLine: Extension = named;

/** Puts the cursor there and brings the place into sight; `isMarked` paints the line. */
export function goToPlace(
  view: EditorView,
  place: { readonly line: number; readonly column: number },
  isMarked: boolean,
): void {
  const at = offsetAt(view.state.doc, place);
  view.dispatch({
    selection: { anchor: at },
    effects: [
      EditorView.scrollIntoView(at, { y: "center" }),
      ...(isMarked ? [nameLine.of(place.line)] : []),
    ],
  });
}
