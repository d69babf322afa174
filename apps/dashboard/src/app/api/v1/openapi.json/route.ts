/** The API's own description. */
import { openApiDocument } from "../../../../api/openapi.ts";
import { originOf } from "../../../../api/origin.ts";

export function GET(request: Request): Response {
  return Response.json(openApiDocument(originOf(request)));
}
