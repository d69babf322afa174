/** Pages outside an org. */
import { SiteFrame } from "../../ui/site-frame.tsx";

export default function Layout({ children }: { readonly children: React.ReactNode }) {
  return <SiteFrame>{children}</SiteFrame>;
}
