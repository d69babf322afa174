/** After signing in or out everything is loaded anew: nothing of whoever was here before is left in memory. */
export function goTo(path: string): void {
  window.location.assign(path);
}
