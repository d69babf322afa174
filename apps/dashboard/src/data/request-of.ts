/** How a route of the API and what it takes become a request. */

export interface Target {
  readonly method: string;
  readonly url: string;
  readonly body: string | undefined;
}

/**
 * Fields named in the path go there, the rest is the query of GET and DELETE and the JSON body of POST and PATCH;
 * fields that are undefined are left out.
 */
export function requestOf(route: string, input: object): Target {
  const [method = "", pattern = ""] = route.split(" ");
  const given = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const path = pattern.replaceAll(/\{(.+?)\}/g, (_, name: string) => {
    const value = String(given.get(name));
    given.delete(name);
    return encodeURIComponent(value);
  });
  const url = `/api/v1${path}`;
  if (method === "POST" || method === "PATCH") {
    return { method, url, body: JSON.stringify(Object.fromEntries(given)) };
  }
  const query = new URLSearchParams([...given].map(([name, value]) => [name, String(value)]));
  return { method, url: given.size === 0 ? url : `${url}?${query}`, body: undefined };
}
