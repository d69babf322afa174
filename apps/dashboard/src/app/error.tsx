"use client";

/** A page outside an org, or the frame of an org, that could not be made. */
import { FailedPage, type Failure } from "../ui/failed-page.tsx";
import { Mark } from "../ui/mark.tsx";

export default function ErrorPage(failure: Failure) {
  return (
    <div className="mx-auto min-h-dvh max-w-272 px-5 sm:px-8">
      <header className="flex min-h-16 items-center">
        {/* A new document: what failed is left behind. */}
        <a href="/" className="inline-flex min-h-11 items-center gap-2 font-semibold text-lg">
          <Mark className="text-link" />
          yologateway
        </a>
      </header>
      <main className="py-6">
        <FailedPage {...failure} />
      </main>
    </div>
  );
}
