"use client";

/** The browsers in which one is signed in; each can be ended from here. */
import { useRouter } from "next/navigation";
import type { ShownSession } from "../../sign-in/account.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Refusal } from "../../ui/refusal.tsx";
import { ask } from "../people/ask.ts";
import { useAsk } from "../people/use-ask.ts";
import { deviceOf } from "./device.ts";

export function Sessions({ sessions }: { readonly sessions: readonly ShownSession[] }) {
  const router = useRouter();
  const { busy, error, run } = useAsk();

  async function end(session: string) {
    await run(() => ask("POST /sessions/revoke", { session }));
    router.refresh();
  }

  return (
    <div className="flex flex-col">
      {error !== undefined && (
        <div className="px-4 pb-3">
          <Refusal error={error} />
        </div>
      )}
      <ul>
        {sessions.map(({ id, current, userAgent, ipAddress, since, lastSeen }) => (
          <li
            key={id}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-2.5 text-sm last:border-b-0"
          >
            <div className="min-w-0 flex-1 basis-48">
              <p className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{deviceOf(userAgent)}</span>
                {current && <Badge tone="good">This browser</Badge>}
              </p>
              <p className="text-muted text-xs">
                {ipAddress !== null && <span className="font-mono">{ipAddress} · </span>}
                seen <Moment at={lastSeen} />, signed in <Moment at={since} />
              </p>
            </div>
            {!current && (
              <Button
                size="sm"
                onClick={() => end(id)}
                loading={busy}
                aria-label={`End the session of ${deviceOf(userAgent)}`}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <div className="border-line border-t px-4 py-3">
          <Button size="sm" onClick={() => end("others")} loading={busy}>
            End all others
          </Button>
        </div>
      )}
    </div>
  );
}
