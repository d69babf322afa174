"use client";

/** What runs, part by part, and what it means when something does not. */
import clsx from "clsx";
import { PARTS, type PartStatus, summarize } from "./parts.ts";
import { useLiveStatus } from "./use-live-status.ts";

export function StatusBoard({ initial }: { readonly initial: readonly PartStatus[] }) {
  const { parts, isLive } = useLiveStatus(initial);
  const { headline, consequence } = isLive
    ? summarize(parts)
    : {
        headline: "This page has lost its server.",
        consequence: "The dashboard does not answer, so nothing is known about the rest.",
      };
  const allUp = isLive && parts.every(({ up }) => up);
  return (
    <section aria-labelledby="headline">
      <div className="min-h-32 pt-4 sm:pt-8" aria-live="polite">
        <h1
          id="headline"
          className={clsx(
            "text-balance font-semibold text-3xl tracking-tight",
            !allUp && "text-bad",
          )}
        >
          {headline}
        </h1>
        <p className="mt-3 max-w-xl text-lg text-muted">{consequence}</p>
      </div>
      <ul className="mt-6 rounded-lg border border-line bg-raised">
        {parts.map((part) => (
          <Part key={part.id} part={part} isLive={isLive} />
        ))}
      </ul>
    </section>
  );
}

type PartState = "up" | "down" | "unknown";

const DOTS: { readonly [state in PartState]: string } = {
  up: "bg-good ring-good-halo",
  down: "bg-bad ring-bad-halo",
  unknown: "bg-faint ring-transparent",
};

const WORDS: { readonly [state in PartState]: string } = {
  up: "text-good",
  down: "text-bad",
  unknown: "text-muted",
};

function Part({ part, isLive }: { readonly part: PartStatus; readonly isLive: boolean }) {
  const { name, does, whenDown } = PARTS[part.id];
  const state = isLive ? (part.up ? "up" : "down") : "unknown";
  return (
    <li className="grid grid-cols-[0.5rem_minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 border-line border-b px-4 py-3 last:border-b-0 lg:grid-cols-[0.5rem_7rem_minmax(0,1fr)_auto_8rem]">
      <span
        className={clsx("-translate-y-px size-2 rounded-full ring-3", DOTS[state])}
        aria-hidden="true"
      />
      <h2 className="font-semibold text-base">{name}</h2>
      <p
        className={clsx(
          "text-right font-medium text-sm max-lg:col-start-3 max-lg:row-start-1 lg:order-last",
          WORDS[state],
        )}
      >
        {describe(state, part.tookMs)}
      </p>
      <p
        className={clsx(
          "text-sm max-lg:col-span-2 max-lg:col-start-2",
          state === "down" ? "text-bad" : "text-muted",
        )}
      >
        {state === "down" ? whenDown : does}
      </p>
      {part.address !== null && (
        <code className="break-all text-muted text-xs max-lg:col-span-2 max-lg:col-start-2">
          {part.address}
        </code>
      )}
    </li>
  );
}

function describe(state: PartState, tookMs: number | null): React.ReactNode {
  if (state === "unknown") return "unknown";
  if (state === "down") return "no answer";
  return (
    <>
      running
      {tookMs !== null && (
        <span className="ml-2 inline-block min-w-12 font-normal text-muted tabular-nums">
          {tookMs} ms
        </span>
      )}
    </>
  );
}
