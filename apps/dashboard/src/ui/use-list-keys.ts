"use client";

/**
 * A list by keyboard: j and k or the arrows, Home and End; one row at a time is in the tab order. It is known by its key,
 * since rows may come in above it meanwhile.
 */
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useState } from "react";
import { isTyping } from "./is-typing.ts";

interface List {
  readonly count: number;
  readonly keyOf: (index: number) => string | undefined;
  readonly listRef: RefObject<HTMLElement | null>;
  scrollTo(index: number): void;
}

const STEPS: { readonly [key: string]: number } = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

interface Active {
  readonly key: string | undefined;
  /** Where it was. */
  readonly index: number;
}

/** Rows carry their place in `data-index`; the first link or button inside takes the focus. */
export function useListKeys({ count, keyOf, listRef, scrollTo }: List) {
  const [chosen, setChosen] = useState<Active>({ key: undefined, index: 0 });
  const active = placeOf(chosen, { count, keyOf });
  const setActive = (index: number) => setChosen({ key: keyOf(index), index });
  const focus = (index: number) => {
    setActive(index);
    scrollTo(index);
    // The row may have to be drawn first.
    requestAnimationFrame(() => requestAnimationFrame(() => focusRow(listRef.current, index)));
  };
  const move = (key: string): boolean => {
    const step = STEPS[key];
    const target =
      key === "Home" ? 0 : key === "End" ? count - 1 : step === undefined ? -1 : active + step;
    if (target < 0 || target >= count) return step !== undefined;
    focus(target);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (move(event.key)) event.preventDefault();
  };
  const enter = useEffectEvent((event: globalThis.KeyboardEvent) => {
    const { activeElement } = document;
    const isElsewhere = activeElement === document.body || activeElement?.id === "main";
    if (!isElsewhere || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j" || event.key === "k") focus(active);
  });
  useEffect(() => {
    document.addEventListener("keydown", enter);
    return () => document.removeEventListener("keydown", enter);
  }, []);
  return { active, setActive, onKeyDown };
}

/** Where the row is now; the one in its place, if it is gone. Mostly it has not moved. */
function placeOf({ key, index }: Active, { count, keyOf }: Pick<List, "count" | "keyOf">): number {
  if (key !== undefined && keyOf(index) !== key) {
    for (let place = 0; place < count; place++) if (keyOf(place) === key) return place;
  }
  return Math.max(0, Math.min(index, count - 1));
}

function focusRow(list: HTMLElement | null, index: number): void {
  const row = list?.querySelector<HTMLElement>(`[data-index="${index}"] :is(a, button)`);
  row?.focus({ preventScroll: true });
}
