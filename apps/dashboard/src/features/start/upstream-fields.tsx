"use client";

/** Where allowed calls go, chosen with what each way means; and the key, where one must be kept. */
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { CredentialField } from "../connectors/credential-field.tsx";
import type { Upstream } from "./blocks.ts";
import { type Preparation, preparationFor } from "./upstream-choice.ts";

interface Props {
  readonly value: Upstream;
  readonly onValueChange: (upstream: Upstream) => void;
  readonly connectors: Output<"GET /connectors">["data"];
  /** What is wrong with the credential. */
  readonly issue: string | undefined;
}

const UPSTREAMS = ["test_model", "vaulted", "client_credential"] as const;

const WORDS: { readonly [upstream in Upstream]: readonly [label: string, hint: string] } = {
  test_model: [
    "The built-in test model",
    "Free, and works at once: the agent gets a test key. Take this to see how it goes.",
  ],
  vaulted: [
    "Anthropic, with the org’s API key",
    "One key for all agents. It is sealed here, and no agent ever sees it.",
  ],
  client_credential: [
    "Anthropic, with each developer’s own subscription",
    "Nothing is kept here: Claude Code stays signed in, the agent key travels beside it.",
  ],
};

export function UpstreamFields({ value, onValueChange, connectors, issue }: Props) {
  const { can } = useOrg();
  const options = UPSTREAMS.map((upstream) => {
    const [label, hint] = WORDS[upstream];
    const preparation = preparationFor(upstream, connectors);
    const mayNot = preparation.kind !== "nothing" && !can("connectors:write");
    return {
      ...{ value: upstream, label, disabled: mayNot },
      hint: mayNot
        ? `${hint} An owner or admin sets up the connector first.`
        : `${hint}${consequence(preparation)}`,
    };
  });
  const preparation = preparationFor(value, connectors);
  return (
    <>
      <RadioGroup
        label="Where allowed calls go"
        cards
        value={value}
        onValueChange={(next) => {
          const chosen = UPSTREAMS.find((upstream) => upstream === next);
          if (chosen !== undefined) onValueChange(chosen);
        }}
        options={options}
      />
      {value === "vaulted" && preparation.kind === "add" && (
        <CredentialField
          label="Anthropic API key"
          hint="From console.anthropic.com. It is tested now, and never shown again."
          error={issue}
        />
      )}
    </>
  );
}

function consequence(preparation: Preparation): string {
  if (preparation.kind === "nothing" || preparation.replaces === null) return "";
  return ` It takes the place of ${preparation.replaces} for all agents.`;
}
