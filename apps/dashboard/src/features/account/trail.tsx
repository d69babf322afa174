/** What happened to one's account, the latest first. */
import { SIGN_IN_EVENTS, type SignInEventName } from "../../sign-in/event-names.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Moment } from "../../ui/moment.tsx";
import { deviceOf } from "./device.ts";

export interface ShownEvent {
  readonly id: string;
  readonly at: string;
  readonly event: SignInEventName;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

const TONES: { readonly [event in SignInEventName]?: Tone } = {
  wrong_password: "warn",
  wrong_code: "warn",
  second_factor_off: "warn",
  recovery_code_used: "warn",
};

export function Trail({ events }: { readonly events: readonly ShownEvent[] }) {
  if (events.length === 0) {
    return (
      <EmptyState title="Nothing yet">Signing in and changes of how will stand here.</EmptyState>
    );
  }
  return (
    <ol>
      {events.map(({ id, at, event, ipAddress, userAgent }) => (
        <li
          key={id}
          className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-line border-b px-4 py-2 text-sm last:border-b-0"
        >
          <span className="min-w-0 flex-1 basis-48">
            <Badge tone={TONES[event] ?? "neutral"}>{SIGN_IN_EVENTS[event]}</Badge>
          </span>
          <span className="text-muted text-xs">
            {deviceOf(userAgent)}
            {ipAddress !== null && <span className="font-mono"> · {ipAddress}</span>} ·{" "}
            <Moment at={at} />
          </span>
        </li>
      ))}
    </ol>
  );
}
