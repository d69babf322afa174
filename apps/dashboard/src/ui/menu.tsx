"use client";

/** A list of actions behind a button. */
import { Menu as Base } from "@base-ui/react/menu";
import clsx from "clsx";
import Link from "next/link";
import type { ReactElement } from "react";

interface Props {
  /** The button that opens it. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly align?: "start" | "end";
  readonly side?: "top" | "bottom" | "right";
  readonly children: React.ReactNode;
}

export function Menu({ trigger, align = "end", side = "bottom", children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} side={side} className="z-50">
          <Base.Popup className={POPUP}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const POPUP = clsx(
  "min-w-44 max-w-80 rounded-lg border border-line bg-raised p-1 text-sm shadow-popup outline-none",
  "origin-(--transform-origin) transition-[opacity,scale] duration-75 data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0",
);

const ITEM = clsx(
  "flex min-h-8 w-full select-none items-center gap-2 rounded-md px-2 text-left text-text outline-none coarse:min-h-11",
  "data-highlighted:bg-hover data-disabled:text-muted [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted",
);

interface ItemProps {
  readonly onSelect: () => void;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly children: React.ReactNode;
}

export function MenuItem({ onSelect, disabled = false, danger = false, children }: ItemProps) {
  return (
    <Base.Item
      onClick={onSelect}
      disabled={disabled}
      className={clsx(ITEM, danger && "text-bad [&_svg]:text-bad")}
    >
      {children}
    </Base.Item>
  );
}

interface LinkProps {
  readonly href: string;
  readonly children: React.ReactNode;
}

export function MenuLink({ href, children }: LinkProps) {
  return (
    <Base.LinkItem render={<Link href={href} />} className={ITEM} closeOnClick>
      {children}
    </Base.LinkItem>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: React.ReactNode }[];
  readonly value: string;
  readonly onValueChange: (value: string) => void;
}

/** One of a few, inside a menu. */
export function MenuChoice({ label, options, value, onValueChange }: ChoiceProps) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 py-1 text-muted text-xs">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next) => onValueChange(String(next))}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} className={ITEM}>
            <span className="flex flex-1 items-center gap-2">{option.label}</span>
            <Base.RadioItemIndicator className="size-1.5 rounded-full bg-fill" />
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

/** Words above a group of items. */
export function MenuLabel({ children }: { readonly children: React.ReactNode }) {
  return <div className="px-2 py-1 text-muted text-xs">{children}</div>;
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />;
}
