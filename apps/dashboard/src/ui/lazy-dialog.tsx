"use client";

/**
 * What opens above the page and whose code comes when it is opened. Where that cannot come, as without a network, this is
 * said in its place and can be tried again; the page below stays as it is.
 */
import {
  createElement,
  type FunctionComponent,
  Suspense,
  use,
  useEffect,
  useRef,
  useState,
} from "react";
import { buttonClass } from "./button-style.ts";

/** How it is closed from within. */
type Closable =
  | { readonly onClose: () => void }
  | { readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

type Part<Props> = FunctionComponent<Props>;

interface Source<Props> {
  readonly load: () => Promise<Part<Props>>;
  /** Undefined: it could not be fetched. */
  coming?: Promise<Part<Props> | undefined> | undefined;
}

export function lazyDialog<Props extends Closable>(load: () => Promise<Part<Props>>): Part<Props> {
  const source: Source<Props> = { load };
  return (props) => <Fetched source={source} given={props} />;
}

/** What has failed is fetched anew by whoever opens it next. */
function fetchFrom<Props>(source: Source<Props>): Promise<Part<Props> | undefined> {
  source.coming ??= source.load().catch(() => {
    source.coming = undefined;
    return undefined;
  });
  return source.coming;
}

interface FetchedProps<Props> {
  readonly source: Source<Props>;
  readonly given: Props;
}

function Fetched<Props extends Closable>({ source, given }: FetchedProps<Props>) {
  const [coming, setComing] = useState(() => fetchFrom(source));
  return (
    <Suspense>
      <Arrived coming={coming} given={given} retry={() => setComing(fetchFrom(source))} />
    </Suspense>
  );
}

interface ArrivedProps<Props> {
  readonly coming: Promise<Part<Props> | undefined>;
  readonly given: Props;
  readonly retry: () => void;
}

function Arrived<Props extends Closable>({ coming, given, retry }: ArrivedProps<Props>) {
  const part = use(coming);
  return part === undefined ? (
    <NotLoaded given={given} retry={retry} />
  ) : (
    createElement<Props>(part, given)
  );
}

interface NotLoadedProps {
  readonly given: Closable;
  readonly retry: () => void;
}

/** By the browser's own means, since it must be there without being fetched. */
function NotLoaded({ given, retry }: NotLoadedProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = !("open" in given) || given.open;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
  }, [isOpen]);
  if (!isOpen) return null;
  const close = () => {
    if ("open" in given) given.onOpenChange(false);
    else given.onClose();
  };
  return (
    <dialog
      ref={dialog}
      aria-label="This could not be loaded"
      className="m-auto w-100 max-w-[calc(100vw-1.5rem)] rounded-xl border border-line bg-raised px-5 py-4 text-sm text-text shadow-popup backdrop:bg-scrim"
      onClose={close}
    >
      <p className="font-semibold text-lg tracking-tight">This could not be loaded</p>
      <p className="mt-1 text-muted">Is there a network? Nothing on the page is lost.</p>
      <div className="mt-4 flex justify-end gap-2">
        <button
          type="button"
          className={buttonClass("secondary", "md")}
          onClick={() => dialog.current?.close()}
        >
          Close
        </button>
        <button type="button" className={buttonClass("primary", "md")} onClick={retry}>
          Try again
        </button>
      </div>
    </dialog>
  );
}
