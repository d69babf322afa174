/** Where to go on after signing in: a page of ours, whatever a link asks for. */

/** A path on this host, in its own spelling: one slash, then no second one and no backslash (WHATWG URL takes it for one). */
const OWN_PATH = /^\/(?![/\\])[^\\\p{Cc}]*$/u;
const ELSEWHERE = "https://elsewhere.invalid";

/** The path, query and fragment asked for; `/` when it leads off this host or to what is no page. */
export function safePath(asked: string | undefined): string {
  if (asked === undefined || !OWN_PATH.test(asked)) return "/";
  const url = URL.parse(asked, ELSEWHERE);
  if (url === null || url.origin !== ELSEWHERE || url.pathname.startsWith("//")) return "/";
  if (/^\/(?:api|_next|sign-in|second-factor)(?:\/|$)/.test(url.pathname)) return "/";
  return url.pathname + url.search + url.hash;
}
