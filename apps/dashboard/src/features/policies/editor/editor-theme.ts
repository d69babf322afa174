/** How the editor looks: the page's own colours, so that it follows the theme by itself. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const THEME = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "var(--raised)", fontSize: "0.8125rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5rem" },
  ".cm-content": { caretColor: "var(--text)", padding: "0.5rem 0" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--text)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":
    { backgroundColor: "var(--hover)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--well) 55%, transparent)" },
  ".cm-gutters": {
    backgroundColor: "var(--raised)",
    color: "var(--muted)",
    border: "none",
    borderRight: "1px solid var(--line)",
  },
  ".cm-activeLineGutter": { backgroundColor: "var(--well)", color: "var(--text)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.25rem", padding: "0 0.5rem 0 0.25rem" },
  ".cm-gutter-lint": { width: "1rem" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--text)",
    border: "1px solid var(--line)",
    borderRadius: "var(--radius)",
    boxShadow: "0 8px 24px var(--scrim)",
    maxWidth: "min(26rem, 92vw)",
    fontFamily: "var(--sans)",
    fontSize: "0.75rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "14rem" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.5rem !important" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--fill)",
    color: "var(--on-fill)",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { color: "var(--muted)", fontStyle: "normal" },
  ".cm-completionInfo": { padding: "0.375rem 0.625rem", whiteSpace: "pre-wrap" },
  ".cm-policy-docs": { padding: "0.375rem 0.625rem", lineHeight: "1.125rem" },
  ".cm-policy-docs code": { display: "block", overflowWrap: "anywhere" },
  ".cm-diagnostic": { borderLeftWidth: "3px", padding: "0.25rem 0.625rem" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--down)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
  ".cm-lintRange-error": { backgroundImage: "none", borderBottom: "2px solid var(--down)" },
  ".cm-lintRange-warning": { backgroundImage: "none", borderBottom: "2px dotted var(--warn)" },
  ".cm-lint-marker": { width: "0.625rem", height: "0.625rem", borderRadius: "50%", content: "''" },
  ".cm-lint-marker-error": { content: "''", backgroundColor: "var(--down)" },
  ".cm-lint-marker-warning": { content: "''", backgroundColor: "var(--warn)" },
  ".cm-test-gutter": { width: "1.125rem", textAlign: "center" },
  ".cm-test-passed": { color: "var(--up)" },
  ".cm-test-failed": { color: "var(--down)", fontWeight: "700" },
  ".cm-named-line": { backgroundColor: "var(--warn-halo)", boxShadow: "inset 3px 0 var(--warn)" },
  ".cm-panels": { backgroundColor: "var(--well)", color: "var(--text)" },
  ".cm-panels input, .cm-panels button": { fontSize: "0.75rem" },
  ".cm-button, .cm-textfield": {
    backgroundImage: "none",
    backgroundColor: "var(--raised)",
    color: "var(--text)",
    border: "1px solid var(--field)",
    borderRadius: "0.25rem",
  },
  ".cm-searchMatch": { backgroundColor: "var(--warn-halo)" },
  ".cm-searchMatch-selected": {
    backgroundColor: "var(--warn-halo)",
    outline: "1px solid var(--warn)",
  },
  ".cm-changedLine, &.cm-merge-b .cm-changedLine, .cm-insertedLine": {
    backgroundColor: "var(--up-halo) !important",
  },
  ".cm-deletedChunk": { backgroundColor: "var(--down-halo) !important", color: "var(--text)" },
  ".cm-changedText, .cm-insertedLine ins": {
    background: "none !important",
    textDecoration: "underline var(--up)",
  },
  ".cm-deletedText, .cm-deletedLine del": {
    background: "none !important",
    textDecoration: "line-through var(--down)",
  },
  ".cm-changedLineGutter, .cm-insertedLineGutter": { background: "var(--up) !important" },
  ".cm-deletedLineGutter": { background: "var(--down) !important" },
  ".cm-chunkButtons button": {
    minHeight: "1.5rem",
    backgroundColor: "var(--raised) !important",
    color: "var(--text) !important",
    border: "1px solid var(--field) !important",
    borderRadius: "0.25rem",
    padding: "0 0.5rem",
    margin: "0.125rem",
  },
  ".cm-collapsedLines": {
    background: "var(--well) !important",
    color: "var(--muted) !important",
    border: "none",
  },
});

const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: "var(--link)" },
  { tag: [tags.string, tags.content, tags.attributeValue], color: "var(--text)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--muted)", fontStyle: "italic" },
  { tag: [tags.keyword, tags.meta, tags.documentMeta], color: "var(--info)" },
  {
    tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace],
    color: "var(--muted)",
  },
  { tag: tags.invalid, color: "var(--down)" },
]);

export const EDITOR_LOOK = [THEME, syntaxHighlighting(HIGHLIGHT)];
