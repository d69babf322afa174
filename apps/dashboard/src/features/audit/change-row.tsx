"use client";

/** One change; before and after when it is opened. */
import { ChevronRight } from "lucide-react";
import { useOrg } from "../../data/org-context.tsx";
import type { Item } from "../../data/use-api.ts";
import { Moment } from "../../ui/moment.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { type Difference, differencesOf } from "./differences.ts";
import { subjectAddress } from "./subject-address.ts";

type Change = Item<"GET /changes">;

interface Props {
  readonly change: Change;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly tabIndex: number;
  readonly onFocus: () => void;
}

export function ChangeRow({ change, isOpen, onToggle, tabIndex, onFocus }: Props) {
  const { at, member, verb, subject } = change;
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        tabIndex={tabIndex}
        onFocus={onFocus}
        onClick={onToggle}
        className="flex min-h-10 w-full items-center gap-3 px-3 py-1.5 text-left text-sm outline-offset-[-2px] hover:bg-well/60 max-sm:flex-wrap max-sm:gap-x-2 max-sm:gap-y-0 coarse:min-h-11"
      >
        <ChevronRight
          aria-hidden="true"
          className={`size-3.5 shrink-0 text-muted transition-transform ${isOpen ? "rotate-90" : ""}`}
        />
        <span className="w-22 shrink-0 text-muted text-xs">
          <Moment at={at} />
        </span>
        <code className="w-44 shrink-0 truncate text-xs max-sm:w-auto">{verb}</code>
        <span className="min-w-0 flex-1 truncate max-sm:basis-full max-sm:pl-5.5">
          {member === null ? (
            <span className="text-muted">The product itself</span>
          ) : (
            (member.email ?? member.id)
          )}
        </span>
        <code className="shrink-0 truncate text-muted text-xs max-md:hidden">
          {subject.slice(0, 16)}
        </code>
      </button>
      {isOpen && <ChangeDetail change={change} />}
    </>
  );
}

function ChangeDetail({ change }: { readonly change: Change }) {
  const { slug } = useOrg();
  const { before, after, subject, requestId } = change;
  const differences = differencesOf(before, after);
  const address = subjectAddress(subject);
  return (
    <div className="flex flex-col gap-2 border-line border-t bg-page px-3 py-3 sm:pl-10">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-xs">
        <span>
          <Moment at={change.at} exact />
        </span>
        <span className="inline-flex items-center gap-1">
          Of <ShortId id={subject} {...(address !== undefined && { href: `/${slug}${address}` })} />
        </span>
        {requestId !== null && (
          <span className="inline-flex items-center gap-1">
            Request <ShortId id={requestId} />
          </span>
        )}
      </p>
      {differences.length === 0 ? (
        <p className="text-muted text-sm">No field of it became different.</p>
      ) : (
        <dl className="grid gap-y-2 text-sm">
          {differences.map((difference) => (
            <Changed key={difference.field} difference={difference} />
          ))}
        </dl>
      )}
    </div>
  );
}

const VALUE =
  "max-h-60 overflow-y-auto whitespace-pre-wrap rounded-sm px-1.5 py-0.5 font-mono text-xs leading-5 [overflow-wrap:anywhere]";

function Changed({ difference: { field, before, after } }: { readonly difference: Difference }) {
  return (
    <div className="grid gap-x-4 gap-y-1 sm:grid-cols-[10rem_1fr]">
      <dt className="text-muted text-xs leading-6">{field}</dt>
      <dd className="flex min-w-0 flex-col gap-1">
        {before !== null && (
          <del className={`${VALUE} bg-bad-halo text-bad no-underline`}>
            <span className="sr-only">before: </span>− {before}
          </del>
        )}
        {after !== null && (
          <ins className={`${VALUE} bg-good-halo text-good no-underline`}>
            <span className="sr-only">after: </span>+ {after}
          </ins>
        )}
      </dd>
    </div>
  );
}
