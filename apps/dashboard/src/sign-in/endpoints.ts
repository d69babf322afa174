/** Everything below `/api/auth`, in one table: what people do outside any org. */
import { changeName, changePassword, revokeSession } from "./account.ts";
import { acceptOffer, checkSlug, newOrg } from "./belong.ts";
import type { Endpoint } from "./endpoint.ts";
import { signIn, signOut } from "./enter.ts";
import { forgotPassword, resetPassword, signUp, verifyAddress } from "./join.ts";
import {
  beginSecondFactor,
  confirmSecondFactor,
  endSecondFactor,
  enterSecondFactor,
  renewRecoveryCodes,
} from "./second-factor.ts";

export const ENDPOINTS: { readonly [route: `${"GET" | "POST"} /${string}`]: Endpoint } = {
  "POST /sign-up": signUp,
  "POST /verify": verifyAddress,
  "POST /forgot": forgotPassword,
  "POST /reset": resetPassword,
  "POST /sign-in": signIn,
  "POST /second-factor": enterSecondFactor,
  "POST /sign-out": signOut,
  "POST /orgs": newOrg,
  "POST /orgs/check": checkSlug,
  "POST /invitations/accept": acceptOffer,
  "POST /name": changeName,
  "POST /password": changePassword,
  "POST /sessions/revoke": revokeSession,
  "POST /second-factor/begin": beginSecondFactor,
  "POST /second-factor/confirm": confirmSecondFactor,
  "POST /second-factor/off": endSecondFactor,
  "POST /recovery-codes": renewRecoveryCodes,
};
