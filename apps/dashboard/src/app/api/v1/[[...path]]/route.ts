/** Every request to the public API; the table in `src/api/routes.ts` says which there are. */
import { answer } from "../../../../api/answer.ts";
import { getDeps } from "../../../../deps.ts";

interface Params {
  readonly params: Promise<{ readonly path?: readonly string[] }>;
}

async function handle(request: Request, { params }: Params): Promise<Response> {
  const { path = [] } = await params;
  return answer(request, path, getDeps());
}

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
