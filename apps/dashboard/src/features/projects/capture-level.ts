/** What is kept of a project's calls, in words. */
import type { Output } from "../../data/api.ts";

export type CaptureLevel = Output<"GET /projects/{id}">["captureLevel"];

export const CAPTURE_LEVELS: readonly {
  readonly value: CaptureLevel;
  readonly label: string;
  readonly hint: string;
}[] = [
  {
    value: "metadata",
    label: "Metadata",
    hint: "Who did what, the decision and the cost. No arguments, no bodies.",
  },
  {
    value: "redacted",
    label: "Redacted",
    hint: "Arguments and bodies with secrets and personal data replaced. The default.",
  },
  {
    value: "full",
    label: "Full",
    hint: "Arguments and bodies as received; only secrets are replaced.",
  },
];

/** The level with this name; undefined for none. */
export function readCaptureLevel(text: string): CaptureLevel | undefined {
  return CAPTURE_LEVELS.find(({ value }) => value === text)?.value;
}
