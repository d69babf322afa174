/** Outside of everything that has a frame of its own. */
import { NothingHere } from "../features/site/nothing-here.tsx";
import { SiteFrame } from "../ui/site-frame.tsx";

export default function NotFound() {
  return (
    <SiteFrame>
      <NothingHere />
    </SiteFrame>
  );
}
