/** Within the site's frame. */
import { NothingHere } from "../../features/site/nothing-here.tsx";

export default function NotFound() {
  return <NothingHere />;
}
