/** Any other address below an org: there is nothing, in the frame of the org. */
import { notFound } from "next/navigation";

export default function Page() {
  notFound();
}
