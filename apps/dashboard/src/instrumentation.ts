/** Runs once before the server takes a request: a wrong environment ends the process by name. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { start } = await import("./start.ts");
  start();
}
