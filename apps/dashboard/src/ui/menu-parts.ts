"use client";

/** What a menu is made of; drawn by the menu that is open, so that pages do not wait for how. */
import { type ComponentType, createContext, type ReactElement } from "react";

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly align?: "start" | "end";
  readonly side?: "top" | "bottom" | "right";
  readonly children: React.ReactNode;
}

export interface MenuItemProps {
  readonly onSelect: () => void;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly children: React.ReactNode;
}

export interface MenuLinkProps {
  readonly href: string;
  readonly children: React.ReactNode;
}

export interface MenuChoiceProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: React.ReactNode }[];
  readonly value: string;
  readonly onValueChange: (value: string) => void;
}

export interface Parts {
  readonly Item: ComponentType<MenuItemProps>;
  readonly Link: ComponentType<MenuLinkProps>;
  readonly Choice: ComponentType<MenuChoiceProps>;
  readonly Separator: ComponentType;
}

/** Undefined outside an open menu. */
export const MenuParts = createContext<Parts | undefined>(undefined);
