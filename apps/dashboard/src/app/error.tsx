"use client";

/** A page outside an org, or the frame of an org, that could not be made. */
import { FailedPage, type Failure } from "../ui/failed-page.tsx";
import { SiteFrame } from "../ui/site-frame.tsx";

export default function ErrorPage(failure: Failure) {
  return (
    <SiteFrame>
      <FailedPage {...failure} />
    </SiteFrame>
  );
}
