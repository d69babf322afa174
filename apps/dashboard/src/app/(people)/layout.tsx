/** Pages of people who are not in an org yet, or concern none. */
import { SiteFrame } from "../../ui/site-frame.tsx";

export default function Layout({ children }: { readonly children: React.ReactNode }) {
  return <SiteFrame>{children}</SiteFrame>;
}
