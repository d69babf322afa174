"use client";

/** Which org the page is about, and what the member who looks at it may do there. */
import type { Permission, Role } from "@yolo/control/permissions";
import { createContext, use, useMemo } from "react";

export interface Org {
  readonly slug: string;
  readonly name: string;
  readonly role: Role;
  /** Whether this member holds the permission; the API checks it again. */
  can(permission: Permission): boolean;
}

const OrgContext = createContext<Org | undefined>(undefined);

/** The org of the page. Throws outside `[org]` pages. */
export function useOrg(): Org {
  const org = use(OrgContext);
  if (org === undefined) throw new Error("useOrg is for pages of an org");
  return org;
}

interface Props {
  readonly slug: string;
  readonly name: string;
  readonly role: Role;
  /** All that the member holds. */
  readonly permissions: readonly Permission[];
  readonly children: React.ReactNode;
}

export function OrgProvider({ slug, name, role, permissions, children }: Props) {
  const org = useMemo(() => {
    const held = new Set(permissions);
    return { slug, name, role, can: (permission: Permission) => held.has(permission) };
  }, [slug, name, role, permissions]);
  return <OrgContext value={org}>{children}</OrgContext>;
}
