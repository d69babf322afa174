/** What this is, in one calm page. */
import { LinkButton } from "../../ui/link-button.tsx";
import { TextLink } from "../../ui/text-link.tsx";

const PROMISES: readonly (readonly [title: string, text: string])[] = [
  [
    "Decided before it leaves",
    "Every call is checked against your policy, with the rule and line that decided. Nothing is allowed that it does not allow.",
  ],
  [
    "On record, or it does not happen",
    "The record is written before the call goes out: who, for whom, what, under which rule, and what it cost.",
  ],
  [
    "One address, no infrastructure",
    "Your org gets an endpoint. Point Claude Code, an SDK or plain curl at it; the agent’s key does the rest.",
  ],
];

const POLICY = `version: 1
rules:
  - allow: llm:*
    on: [anthropic/claude-sonnet-*, anthropic/models]

tests:
  - name: the large model is not for everyday work
    action: llm:invoke
    on: anthropic/claude-opus-5
    expect: deny`;

const REFUSAL = `403 Denied by policy. No rule allows llm:invoke
on anthropic/claude-opus-5. The nearest rule is
line 3: the resource does not match.
Nothing was done; do not retry, choose another
way or ask your user.`;

export function Landing({ isLocal }: { readonly isLocal: boolean }) {
  return (
    <div className="flex flex-col gap-14 py-8 sm:py-14">
      <section>
        <h1 className="max-w-3xl text-balance font-semibold text-3xl tracking-tight sm:text-[2.75rem] sm:leading-[1.1]">
          Let agents run. Keep control of what they do.
        </h1>
        <p className="mt-4 max-w-2xl text-lg text-muted">
          yologateway is a control plane for AI agents. It knows who is acting, checks every call
          against your policy, counts what it costs, and records what happened.
        </p>
        <div className="mt-7 flex flex-wrap items-center gap-2.5">
          <LinkButton href="/sign-up" variant="primary" size="lg">
            Sign up
          </LinkButton>
          <LinkButton href="/sign-in" size="lg">
            Sign in
          </LinkButton>
        </div>
        {isLocal && <LocalHint />}
      </section>
      <section aria-label="An example" className="grid gap-4 lg:grid-cols-2">
        <Sample title="What you write" code={POLICY} />
        <Sample title="What an agent is told that asks for more" code={REFUSAL} />
      </section>
      <section aria-label="What it promises" className="grid gap-x-8 gap-y-6 sm:grid-cols-3">
        {PROMISES.map(([title, text]) => (
          <div key={title}>
            <h2 className="font-semibold text-base">{title}</h2>
            <p className="mt-1 text-muted text-sm">{text}</p>
          </div>
        ))}
      </section>
    </div>
  );
}

function LocalHint() {
  return (
    <p className="mt-4 text-muted text-sm">
      Started with <code>--demo</code>? The demo member’s address and password stand in{" "}
      <code>ready.json</code> in the data folder. <TextLink href="/docs">Read the docs</TextLink>.
    </p>
  );
}

function Sample({ title, code }: { readonly title: string; readonly code: string }) {
  return (
    <figure className="flex min-w-0 flex-col overflow-hidden rounded-lg border border-line bg-raised">
      <figcaption className="border-line border-b px-4 py-2 text-muted text-xs">{title}</figcaption>
      <pre className="whitespace-pre-wrap px-4 py-3.5 text-xs leading-5">
        <code>{code}</code>
      </pre>
    </figure>
  );
}
