/** The pages of an org, as the navigation, the command palette and the keys know them. */
import {
  Activity,
  Bot,
  FolderClosed,
  GitCommitVertical,
  House,
  type LucideIcon,
  Plug,
  ScrollText,
  Settings,
  ShieldCheck,
} from "lucide-react";

export interface OrgPage {
  readonly label: string;
  /** Below the org's own address. */
  readonly path: string;
  readonly icon: LucideIcon;
  /** Pressed after `g`. */
  readonly key: string;
}

/** In groups: what happens, what is governed, the org itself. */
export const PAGE_GROUPS: readonly (readonly OrgPage[])[] = [
  [
    { label: "Home", path: "", icon: House, key: "h" },
    { label: "Activity", path: "/activity", icon: Activity, key: "a" },
    { label: "Sessions", path: "/sessions", icon: GitCommitVertical, key: "s" },
  ],
  [
    { label: "Agents", path: "/agents", icon: Bot, key: "n" },
    { label: "Projects", path: "/projects", icon: FolderClosed, key: "p" },
    { label: "Policies", path: "/policies", icon: ShieldCheck, key: "o" },
    { label: "Connectors", path: "/connectors", icon: Plug, key: "c" },
  ],
  [
    { label: "Audit", path: "/audit", icon: ScrollText, key: "u" },
    { label: "Settings", path: "/settings", icon: Settings, key: "t" },
  ],
];

export const PAGES: readonly OrgPage[] = PAGE_GROUPS.flat();

/** Which of them an address lies in. Records are part of the activity. */
export function isWithin(pathname: string, org: string, { path }: OrgPage): boolean {
  const rest = pathname.slice(`/${org}`.length);
  if (path === "") return rest === "";
  if (path === "/activity" && rest.startsWith("/records/")) return true;
  return rest === path || rest.startsWith(`${path}/`);
}
