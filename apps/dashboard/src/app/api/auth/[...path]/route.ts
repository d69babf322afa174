/** Every request of people outside any org; the table in `src/sign-in/endpoints.ts` says which there are. */
import { getDeps } from "../../../../deps.ts";
import { answerPerson } from "../../../../sign-in/answer-person.ts";

interface Params {
  readonly params: Promise<{ readonly path: readonly string[] }>;
}

async function handle(request: Request, { params }: Params): Promise<Response> {
  return answerPerson(request, (await params).path, getDeps());
}

export { handle as GET, handle as POST };
