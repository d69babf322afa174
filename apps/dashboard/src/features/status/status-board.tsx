"use client";

/** What runs, part by part, and what it means when something does not. */
import { PARTS, type PartStatus, summarize } from "./parts.ts";
import styles from "./status-board.module.css";
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
      <div className={styles.summary} aria-live="polite">
        <h1 id="headline" className={styles.headline} data-calm={allUp}>
          {headline}
        </h1>
        <p className={styles.consequence}>{consequence}</p>
      </div>
      <ul className={styles.parts} data-stale={!isLive}>
        {parts.map((part) => (
          <Part key={part.id} part={part} isLive={isLive} />
        ))}
      </ul>
    </section>
  );
}

function Part({ part, isLive }: { readonly part: PartStatus; readonly isLive: boolean }) {
  const { name, does, whenDown } = PARTS[part.id];
  const state = isLive ? (part.up ? "up" : "down") : "unknown";
  return (
    <li className={styles.part} data-state={state}>
      <span className={styles.dot} aria-hidden="true" />
      <h2 className={styles.name}>{name}</h2>
      <p className={styles.does}>{state === "down" ? whenDown : does}</p>
      {part.address === null ? null : <code className={styles.address}>{part.address}</code>}
      <p className={styles.state}>{describe(state, part.tookMs)}</p>
    </li>
  );
}

function describe(state: "up" | "down" | "unknown", tookMs: number | null): React.ReactNode {
  if (state === "unknown") return "unknown";
  if (state === "down") return "no answer";
  return (
    <>
      running
      {tookMs === null ? null : <span className={styles.took}> {tookMs} ms</span>}
    </>
  );
}
