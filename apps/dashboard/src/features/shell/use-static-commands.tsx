"use client";

/** What the palette always knows: pages and actions. */
import { BookOpen, Keyboard, KeyRound, Monitor, Moon, Plus, Sun, UserPlus } from "lucide-react";
import { useOrg } from "../../data/org-context.tsx";
import { useTheme } from "../../ui/use-theme.ts";
import type { Command } from "./command.ts";
import { PAGES } from "./pages.ts";

export interface CommandGroup {
  readonly value: string;
  readonly items: readonly Command[];
}

/** Those whose words begin as the words typed do. */
export function useStaticCommands(text: string, openSheet: () => void): readonly CommandGroup[] {
  const { slug } = useOrg();
  const [, setTheme] = useTheme();
  const pages = PAGES.map(({ label, path, icon, key }) => ({
    ...{ id: `page${path}`, label, icon, href: `/${slug}${path}` },
    keys: ["g", key],
  }));
  const actions: readonly Command[] = [
    { id: "start", label: "Connect an agent", icon: Plus, href: `/${slug}/start` },
    { id: "tokens", label: "API tokens", icon: KeyRound, href: `/${slug}/settings/tokens` },
    {
      id: "invite",
      label: "Invite a colleague",
      icon: UserPlus,
      href: `/${slug}/settings/members`,
    },
    { id: "docs", label: "Documentation", icon: BookOpen, href: "/docs" },
    { id: "keys", label: "Show the keys", icon: Keyboard, keys: ["?"], run: openSheet },
    { id: "light", label: "Theme: light", icon: Sun, run: () => setTheme("light") },
    { id: "dark", label: "Theme: dark", icon: Moon, run: () => setTheme("dark") },
    { id: "system", label: "Theme: as the device", icon: Monitor, run: () => setTheme("system") },
  ];
  return [
    { value: "Pages", items: pages.filter(({ label }) => matches(label, text)) },
    { value: "Actions", items: actions.filter(({ label }) => matches(label, text)) },
  ];
}

function matches(label: string, text: string): boolean {
  const words = label.toLowerCase().split(/\W+/);
  const typed = text.toLowerCase().trim().split(/\s+/);
  return typed.every((start) => words.some((word) => word.startsWith(start)));
}
