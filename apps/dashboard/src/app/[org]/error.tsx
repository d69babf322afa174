"use client";

/** A page of an org that could not be made; the way to the others stays. */
import { FailedPage, type Failure } from "../../ui/failed-page.tsx";

export default function ErrorPage(failure: Failure) {
  return <FailedPage {...failure} />;
}
