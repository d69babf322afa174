/** What can happen to a person's account. */

/** Each with the words it is shown by. */
export const SIGN_IN_EVENTS = {
  signed_up: "Signed up",
  signed_in: "Signed in",
  signed_out: "Signed out",
  wrong_password: "Wrong password",
  wrong_code: "Wrong second factor",
  recovery_code_used: "Signed in with a recovery code",
  recovery_codes_renewed: "Recovery codes renewed",
  address_verified: "Address verified",
  password_changed: "Password changed",
  password_reset: "Password reset by mail",
  second_factor_on: "Second factor switched on",
  second_factor_off: "Second factor switched off",
  session_revoked: "Session ended",
} as const;
export type SignInEventName = keyof typeof SIGN_IN_EVENTS;

export function isSignInEvent(name: string): name is SignInEventName {
  return Object.hasOwn(SIGN_IN_EVENTS, name);
}
