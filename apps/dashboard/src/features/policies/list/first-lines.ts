/** For those who write their own: the least that is a policy. */
export const FIRST_LINES = {
  id: "first-lines",
  title: "A few lines of your own",
  text: `version: 1
rules:
  - allow: llm:invoke
    on: anthropic/claude-*
tests:
  - name: models may be asked
    action: llm:invoke
    on: anthropic/claude-sonnet-5-5
    expect: allow
`,
};
