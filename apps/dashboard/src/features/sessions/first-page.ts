/** What the first page of a run is asked with: server and browser must ask the same. */

const PAGE = 200;

export function firstPageOf(id: string) {
  return { id, limit: PAGE };
}
