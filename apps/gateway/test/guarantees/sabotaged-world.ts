/** A world whose product is a sabotaged copy. */
import { type Sabotage, sabotage } from "./sabotage.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

export async function createSabotagedWorld(
  options: WorldOptions,
  change: Sabotage,
): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const { root } = stack.use(await sabotage(change));
  const world = stack.use(await createWorld({ ...options, root }));
  const owned = stack.move();
  return { ...world, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
