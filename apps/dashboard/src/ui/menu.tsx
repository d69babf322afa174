"use client";

/** A list of actions behind a button. */
import { lazy, use } from "react";
import { ByUse } from "./by-use.tsx";
import {
  type MenuChoiceProps,
  type MenuItemProps,
  type MenuLinkProps,
  MenuParts,
  type MenuProps,
  type Parts,
} from "./menu-parts.ts";

const load = () => import("./menu-popup.tsx");
const MenuPopup = lazy(async () => ({ default: (await load()).MenuPopup }));

export function Menu(props: MenuProps) {
  return (
    <ByUse trigger={props.trigger} popup="menu" load={load}>
      <MenuPopup {...props} />
    </ByUse>
  );
}

export function MenuItem(props: MenuItemProps) {
  const { Item } = useParts();
  return <Item {...props} />;
}

export function MenuLink(props: MenuLinkProps) {
  const parts = useParts();
  return <parts.Link {...props} />;
}

/** One of a few, inside a menu. */
export function MenuChoice(props: MenuChoiceProps) {
  const { Choice } = useParts();
  return <Choice {...props} />;
}

/** Words above a group of items. */
export function MenuLabel({ children }: { readonly children: React.ReactNode }) {
  return <div className="px-2 py-1 text-muted text-xs">{children}</div>;
}

export function MenuSeparator() {
  const { Separator } = useParts();
  return <Separator />;
}

function useParts(): Parts {
  const parts = use(MenuParts);
  if (parts === undefined) throw new Error("this is a part of a menu");
  return parts;
}
