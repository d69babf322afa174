/** The front door: whoever is signed in goes to their org; to anybody else it says what this is. */
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getDeps } from "../../deps.ts";
import { Landing } from "../../features/site/landing.tsx";
import { readOrgs, readPerson } from "../../sign-in/who.ts";

export default async function Page() {
  const deps = getDeps();
  const person = await readPerson(deps, await headers());
  if (person === undefined) return <Landing isLocal={deps.env.LOCAL_MODE !== undefined} />;
  const [org] = await readOrgs(person);
  redirect(org === undefined ? "/orgs/new" : `/${org.slug}`);
}
