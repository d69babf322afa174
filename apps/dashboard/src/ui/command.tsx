"use client";

/** A command to copy: the line itself and a button that says whether it worked. */
import { useEffect, useState } from "react";
import styles from "./command.module.css";

const SHOWN_MS = 2_000;

type CopyState = "idle" | "copied" | "failed";
const LABELS: { readonly [state in CopyState]: string } = {
  idle: "Copy",
  copied: "Copied",
  failed: "Select it",
};

export function Command({ text }: { readonly text: string }) {
  const [state, setState] = useState<CopyState>("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(setState, SHOWN_MS, "idle");
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      // A page without a secure origin has no clipboard; the text can still be selected.
      setState("failed");
    }
  };
  return (
    <div className={styles.command}>
      <pre className={styles.text}>
        <code>{text}</code>
      </pre>
      <button
        type="button"
        className={styles.copy}
        data-state={state}
        aria-label={`Copy: ${text}`}
        onClick={copy}
      >
        {LABELS[state]}
      </button>
      <span className="visually-hidden" role="status">
        {state === "idle" ? "" : LABELS[state]}
      </span>
    </div>
  );
}
