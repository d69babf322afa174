"use client";

/** What `Menu` is once somebody reaches for it. */
import { Menu as Base } from "@base-ui/react/menu";
import clsx from "clsx";
import Link from "next/link";
import { MenuParts, type MenuProps, type Parts } from "./menu-parts.ts";

const POPUP = clsx(
  "min-w-44 max-w-80 rounded-lg border border-line bg-raised p-1 text-sm shadow-popup outline-none",
  "origin-(--transform-origin) transition-[opacity,scale] duration-75 data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0",
);

const ITEM = clsx(
  "flex min-h-8 w-full select-none items-center gap-2 rounded-md px-2 text-left text-text outline-none coarse:min-h-11",
  "data-highlighted:bg-hover data-disabled:text-muted [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted",
);

const PARTS: Parts = {
  Item({ onSelect, disabled = false, danger = false, children }) {
    return (
      <Base.Item
        onClick={onSelect}
        disabled={disabled}
        className={clsx(ITEM, danger && "text-bad [&_svg]:text-bad")}
      >
        {children}
      </Base.Item>
    );
  },
  Link({ href, children }) {
    return (
      <Base.LinkItem render={<Link href={href} />} className={ITEM} closeOnClick>
        {children}
      </Base.LinkItem>
    );
  },
  Choice({ label, options, value, onValueChange }) {
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
  },
  Separator() {
    return <Base.Separator className="-mx-1 my-1 h-px bg-line" />;
  },
};

/** Begins open: it is there because somebody asked for it. */
export function MenuPopup({ trigger, align = "end", side = "bottom", children }: MenuProps) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} side={side} className="z-50">
          <Base.Popup className={POPUP}>
            <MenuParts value={PARTS}>{children}</MenuParts>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
