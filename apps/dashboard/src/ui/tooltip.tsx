"use client";

/** A hint for what is pointed at or focused. Never the only place where something is said that matters. */
import {
  cloneElement,
  type ReactElement,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";

interface Props {
  readonly content: React.ReactNode;
  readonly side?: "top" | "bottom" | "left" | "right";
  /** One element that can be focused. */
  readonly children: ReactElement<Record<string, unknown>>;
}

const DELAY_MS = 300;
const GAP_PX = 6;

export function Tooltip({ content, side = "top", children }: Props) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const anchor = useRef<HTMLElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const open = (after: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(setIsOpen, after, true);
  };
  const close = () => {
    clearTimeout(timer.current);
    setIsOpen(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <>
      {cloneElement(children, {
        ref: anchor,
        "aria-describedby": id,
        onPointerEnter: () => open(DELAY_MS),
        onPointerLeave: close,
        onFocus: () => open(0),
        onBlur: close,
        onKeyDown: (event: React.KeyboardEvent) => event.key === "Escape" && close(),
      })}
      <span id={id} hidden>
        {content}
      </span>
      {isOpen && (
        <Hint anchor={anchor} side={side}>
          {content}
        </Hint>
      )}
    </>
  );
}

interface HintProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly side: NonNullable<Props["side"]>;
  readonly children: React.ReactNode;
}

const SHIFTS: { readonly [side in HintProps["side"]]: string } = {
  top: "translate(-50%, -100%)",
  bottom: "translate(-50%, 0)",
  left: "translate(-100%, -50%)",
  right: "translate(0, -50%)",
};

/** Beside its anchor, and inside the window. */
function Hint({ anchor, side, children }: HintProps) {
  const box = anchor.current?.getBoundingClientRect();
  if (box === undefined) return null;
  const [middleX, middleY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const places = {
    top: [middleX, Math.max(box.top, 40) - GAP_PX],
    bottom: [middleX, box.bottom + GAP_PX],
    left: [box.left - GAP_PX, middleY],
    right: [box.right + GAP_PX, middleY],
  } as const;
  const [x, y] = places[side];
  const left = Math.min(Math.max(x, 150), innerWidth - 150);
  return createPortal(
    <div
      aria-hidden="true"
      className="pointer-events-none fixed z-50 w-max max-w-72 rounded-md bg-text px-2 py-1 text-page text-xs shadow-popup"
      style={{ left, top: y, transform: SHIFTS[side] }}
    >
      {children}
    </div>,
    document.body,
  );
}
