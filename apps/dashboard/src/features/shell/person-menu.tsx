"use client";

/** The person who is signed in: their account, their theme, the way out. */
import { LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLink, MenuSeparator } from "../../ui/menu.tsx";
import { readTheme } from "../../ui/theme.ts";
import { useToast } from "../../ui/toast.tsx";
import { useTheme } from "../../ui/use-theme.ts";

export interface Person {
  readonly name: string;
  readonly email: string;
}

const THEME_OPTIONS = [
  { value: "system", label: <ThemeName icon={Monitor} name="As the device" /> },
  { value: "light", label: <ThemeName icon={Sun} name="Light" /> },
  { value: "dark", label: <ThemeName icon={Moon} name="Dark" /> },
] as const;

export function PersonMenu({ person }: { readonly person: Person }) {
  const [theme, setTheme] = useTheme();
  const signOut = useSignOut();
  return (
    <Menu
      align="start"
      side="top"
      trigger={
        <button
          type="button"
          className="flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left text-muted text-sm outline-offset-[-2px] hover:bg-hover hover:text-text coarse:h-11"
        >
          <UserRound aria-hidden="true" className="size-4 shrink-0" />
          <span className="min-w-0 flex-1 truncate">{person.name}</span>
          <span className="sr-only">Account, theme, sign out</span>
        </button>
      }
    >
      <MenuLabel>{person.email}</MenuLabel>
      <MenuLink href="/account">
        <UserRound aria-hidden="true" /> Account
      </MenuLink>
      <MenuSeparator />
      <MenuChoice
        label="Theme"
        options={THEME_OPTIONS}
        value={theme}
        onValueChange={(value) => setTheme(readTheme(value))}
      />
      <MenuSeparator />
      <MenuItem onSelect={signOut}>
        <LogOut aria-hidden="true" /> Sign out
      </MenuItem>
    </Menu>
  );
}

interface ThemeNameProps {
  readonly icon: typeof Sun;
  readonly name: string;
}

function ThemeName({ icon: Icon, name }: ThemeNameProps) {
  return (
    <>
      <Icon aria-hidden="true" /> {name}
    </>
  );
}

function useSignOut(): () => Promise<void> {
  const router = useRouter();
  const toast = useToast();
  return async () => {
    const response = await fetch("/api/auth/sign-out", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    }).catch(() => undefined);
    if (response?.ok) {
      // A new document: nothing of the org stays in memory.
      location.assign("/");
      return;
    }
    toast.show({ title: "You are still signed in", description: "Try again.", kind: "bad" });
    router.refresh();
  };
}
