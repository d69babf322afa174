/** Where the thing that was changed is shown. */

const ADDRESSES: { readonly [prefix: string]: (id: string) => string } = {
  req: (id) => `/records/${id}`,
  ses: (id) => `/sessions/${id}`,
  agt: (id) => `/agents/${id}`,
  prj: (id) => `/projects/${id}`,
  pol: (id) => `/policies/${id}`,
  con: () => "/connectors",
  mem: () => "/settings/members",
  tok: () => "/settings/tokens",
};

/** Below the org's own address; undefined where it has no page. */
export function subjectAddress(subject: string): string | undefined {
  return ADDRESSES[subject.slice(0, 3)]?.(subject);
}
