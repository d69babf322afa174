/** The org's own address; and the bare one, where names below localhost do not resolve. */
import type { OrgAddress } from "./org-address.ts";

export function AddressNote({ address }: { readonly address: OrgAddress }) {
  const { own, bare, isResolved } = address;
  if (bare === null) return null;
  return (
    <p className="text-muted text-sm">
      {isResolved ? (
        <>
          Should <code className="break-all">{own}</code> not be found by a client, use{" "}
          <code className="break-all">{bare}</code>: there the key alone names the org. A wrong key
          names none, so calls with one are shown here only from the org’s own address.
        </>
      ) : (
        <>
          Your org’s address is <code className="break-all">{own}</code>, but this machine does not
          find names below <code>localhost</code>. The blocks use{" "}
          <code className="break-all">{bare}</code>, where the key alone names the org. A wrong key
          names none: such calls are answered 401 and cannot be shown here.
        </>
      )}
    </p>
  );
}
