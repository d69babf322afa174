"use client";

/** How far the org has come, and what comes next; members can put it away. */
import { Circle, CircleCheck } from "lucide-react";
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { useApi, useChange } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Progress } from "../../ui/progress.tsx";
import { TextLink } from "../../ui/text-link.tsx";

interface Props {
  /** Shown even when it was put away or everything is done. */
  readonly always?: boolean;
}

type Steps = Output<"GET /onboarding/steps">;

interface Step {
  readonly fact: Exclude<keyof Steps, "dismissed">;
  readonly label: string;
  /** Below the org's address. */
  readonly path: string;
}

const STEPS: readonly Step[] = [
  { fact: "project", label: "Create a project", path: "/start" },
  { fact: "key", label: "Make an agent key", path: "/start" },
  { fact: "firstCall", label: "See the first call", path: "/start" },
  { fact: "firstRefusal", label: "See a call refused", path: "/policies" },
  { fact: "ownPolicy", label: "Publish a policy of your own", path: "/policies" },
  { fact: "invited", label: "Invite a colleague", path: "/settings/members" },
];

export function SetupChecklist({ always = false }: Props) {
  const { can } = useOrg();
  const { data: steps } = useApi("GET /onboarding/steps", {});
  const put = useChange("POST /onboarding/steps", { invalidates: ["GET /onboarding/steps"] });
  if (steps === undefined) return null;
  const done = STEPS.filter(({ fact }) => steps[fact]).length;
  if (!always && (steps.dismissed || done === STEPS.length)) return null;
  return (
    <Card
      title="First steps"
      actions={
        can("projects:write") && (
          <Button
            size="sm"
            variant="ghost"
            loading={put.isPending}
            onClick={() => put.mutate({ dismissed: !steps.dismissed })}
          >
            {steps.dismissed ? "Show on the home page" : "Put away"}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3">
        <Progress label={`${done} of ${STEPS.length} done`} value={done} max={STEPS.length} />
        <ol className="flex flex-col gap-1">
          {STEPS.map((step) => (
            <StepLine key={step.fact} step={step} isDone={steps[step.fact]} />
          ))}
        </ol>
      </div>
    </Card>
  );
}

function StepLine({ step, isDone }: { readonly step: Step; readonly isDone: boolean }) {
  const { slug } = useOrg();
  return (
    <li className="flex min-h-6 items-center gap-2 text-sm coarse:min-h-11">
      {isDone ? (
        <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-good" />
      ) : (
        <Circle aria-hidden="true" className="size-4 shrink-0 text-faint" />
      )}
      {isDone ? (
        <span className="text-muted">
          {step.label} <span className="sr-only">(done)</span>
        </span>
      ) : (
        <TextLink href={`/${slug}${step.path}`}>{step.label}</TextLink>
      )}
    </li>
  );
}
