/** The settings begin with the org itself. */
import { redirect } from "next/navigation";

interface Props {
  readonly params: Promise<{ readonly org: string }>;
}

export default async function Page({ params }: Props) {
  redirect(`/${(await params).org}/settings/organization`);
}
