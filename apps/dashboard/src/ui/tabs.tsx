"use client";

/** Parts of a page of which one is shown. Where a part has an address of its own, keep `value` there. */
import clsx from "clsx";
import { type KeyboardEvent, useId } from "react";
import { stepKey } from "./step-key.ts";

export interface Tab {
  readonly value: string;
  readonly label: React.ReactNode;
  readonly content: React.ReactNode;
}

interface Props {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly value: string;
  readonly onValueChange: (value: string) => void;
}

/** Arrows, Home and End move between the tabs, as in WAI-ARIA's pattern with selection that follows the focus. */
export function Tabs({ label, tabs, value, onValueChange }: Props) {
  const id = useId();
  const shown = tabs.find((tab) => tab.value === value) ?? tabs[0];
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = shown === undefined ? -1 : tabs.indexOf(shown);
    const next = tabs[stepKey(event.key, at, tabs.length) ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    onValueChange(next.value);
    document.getElementById(`${id}-${next.value}`)?.focus();
  };
  return (
    <div>
      <div
        role="tablist"
        aria-label={label}
        onKeyDown={onKeyDown}
        className="flex gap-4 overflow-x-auto border-line border-b [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-${tab.value}`}
            aria-selected={tab === shown}
            aria-controls={`${id}-panel`}
            tabIndex={tab === shown ? 0 : -1}
            onClick={() => onValueChange(tab.value)}
            className={clsx(
              "-mb-px h-9 shrink-0 border-b-2 px-0.5 font-medium text-sm outline-offset-[-2px] coarse:h-11",
              tab === shown
                ? "border-fill text-text"
                : "border-transparent text-muted hover:text-text",
            )}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {shown !== undefined && (
        <div
          key={shown.value}
          role="tabpanel"
          id={`${id}-panel`}
          aria-labelledby={`${id}-${shown.value}`}
          className="pt-5"
        >
          {shown.content}
        </div>
      )}
    </div>
  );
}
