/** Vitest's global set-up: the shared servers start before the first test and stop after the last. */
import { startTestServices } from "./test-services.ts";

export async function setup(): Promise<() => Promise<void>> {
  const services = await startTestServices();
  Object.assign(process.env, services.env);
  return async () => services[Symbol.asyncDispose]();
}
