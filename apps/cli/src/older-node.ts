/** What Node 18 and 20 lack of the language's own library and the policy engine uses; newer ones are left as they are. */

function add(target: object, name: string, value: (this: never, ...args: never[]) => unknown) {
  if (name in target) return;
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

add(
  Array.prototype,
  "toSorted",
  function (this: unknown[], compare?: (a: unknown, b: unknown) => number) {
    return [...this].sort(compare);
  },
);

add(Array.prototype, "toReversed", function (this: unknown[]) {
  return [...this].reverse();
});

add(String.prototype, "isWellFormed", function (this: string) {
  return !/\p{Surrogate}/u.test(this);
});

add(URL, "canParse", (text: string) => {
  try {
    return new URL(text) instanceof URL;
  } catch {
    return false;
  }
});
