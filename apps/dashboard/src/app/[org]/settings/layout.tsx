/** The settings of an org, part by part. */
import { NavTabs } from "../../../ui/nav-tabs.tsx";

interface Props {
  readonly params: Promise<{ readonly org: string }>;
  readonly children: React.ReactNode;
}

const PARTS = [
  ["organization", "Organization"],
  ["members", "Members"],
  ["groups", "Groups"],
  ["tokens", "API tokens"],
] as const;

export default async function Layout({ params, children }: Props) {
  const { org } = await params;
  const tabs = PARTS.map(([path, label]) => ({ href: `/${org}/settings/${path}`, label }));
  return (
    <>
      <NavTabs label="Settings" tabs={tabs} />
      {children}
    </>
  );
}
