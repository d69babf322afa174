/** How long a new key or token lives, as it is chosen from a list. */
import type { SelectOption } from "../../ui/select.tsx";

const DAY_MS = 86_400_000;

export const EXPIRY_OPTIONS: readonly SelectOption[] = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
  { value: "never", label: "Never" },
];

/** As the API takes it: RFC 3339; null for never. */
export function expiryOf(choice: string, nowMs: number): string | null {
  const days = Number(choice);
  return Number.isInteger(days) ? new Date(nowMs + days * DAY_MS).toISOString() : null;
}
