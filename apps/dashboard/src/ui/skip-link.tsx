/** The first stop of the keyboard: past the navigation, to the page itself (`id="main"`). */

export function SkipLink() {
  return (
    <a
      href="#main"
      className="-translate-y-20 fixed top-2 left-2 z-50 rounded-md bg-fill px-3 py-2 font-medium text-on-fill text-sm focus:translate-y-0"
    >
      Skip to the page
    </a>
  );
}
