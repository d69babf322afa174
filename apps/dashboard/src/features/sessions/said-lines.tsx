"use client";

/** What was said in an event: a line for each thing, and all of it when asked. Only ever text. */
import { Brain, ChevronRight, MessageSquare, SquareTerminal, Undo2, User } from "lucide-react";
import { useState } from "react";
import { Turns } from "../records/turns.tsx";
import type { Turn } from "../records/use-record.ts";
import { type RunEvent, type Said, stepOf, useSaid } from "./use-run.ts";

interface Props {
  readonly session: string;
  readonly events: readonly RunEvent[];
  /** Of the event that this is about. */
  readonly index: number;
  readonly mayBeSeen: boolean;
}

export function SaidLines({ session, events, index, mayBeSeen }: Props) {
  const { data, isError } = useSaid(session, events, stepOf(index), mayBeSeen);
  const [isWhole, setWhole] = useState(false);
  if (isError) {
    return <p className="px-3 pb-2 text-bad text-xs">What was said could not be read.</p>;
  }
  const said = data?.get(events[index]?.id ?? "");
  const turns = said === undefined ? [] : turnsOf(said);
  if (turns.length === 0) return null;
  return (
    <div className="border-line border-t px-3 py-1.5">
      <button
        type="button"
        aria-expanded={isWhole}
        onClick={() => setWhole(!isWhole)}
        className="flex w-full min-w-0 items-start gap-1.5 rounded-sm text-left coarse:min-h-11"
      >
        <ChevronRight
          aria-hidden="true"
          className={`mt-1 size-3.5 shrink-0 text-muted transition-transform ${isWhole ? "rotate-90" : ""}`}
        />
        <span className="sr-only">{isWhole ? "Show less" : "Show all that was said"}</span>
        {!isWhole && <Lines turns={turns} />}
        {isWhole && <span className="text-muted text-xs leading-6">What was said</span>}
      </button>
      {isWhole && <Turns turns={turns} />}
    </div>
  );
}

function turnsOf({ request, reply }: Said): readonly Turn[] {
  return [...(request ?? []), ...(reply ?? [])];
}

const LINES_MAX = 5;

function Lines({ turns }: { readonly turns: readonly Turn[] }) {
  const blocks = turns.flatMap(({ role, blocks: of }) => of.map((block) => ({ role, block })));
  const shown = blocks.slice(-LINES_MAX).map((line, place) => ({ ...line, key: String(place) }));
  return (
    <span className="flex min-w-0 flex-1 flex-col">
      {blocks.length > LINES_MAX && (
        <span className="text-muted text-xs">{blocks.length - LINES_MAX} more above</span>
      )}
      {shown.map(({ role, block, key }) => (
        <span key={key} className="flex min-w-0 items-center gap-1.5 text-xs leading-6">
          <BlockSign type={block.type} role={role} />
          <span className="truncate">{lineOf(block)}</span>
        </span>
      ))}
    </span>
  );
}

function lineOf(block: Turn["blocks"][number]): string {
  const start = block.text.slice(0, 300).replaceAll(/\s+/g, " ");
  return block.type === "tool_use" ? `${block.name} ${start}` : start;
}

const SIGN = "size-3.5 shrink-0 text-muted";

function BlockSign({ type, role }: { readonly type: string; readonly role: string }) {
  if (type === "tool_use") return <SquareTerminal aria-label="Calls" className={SIGN} />;
  if (type === "tool_result") return <Undo2 aria-label="Tool answered" className={SIGN} />;
  if (type === "thinking") return <Brain aria-label="Thinking" className={SIGN} />;
  return role === "assistant" ? (
    <MessageSquare aria-label="Model" className={SIGN} />
  ) : (
    <User aria-label="User" className={SIGN} />
  );
}
