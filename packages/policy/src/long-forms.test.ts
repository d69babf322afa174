import { expect, test } from "vitest";
import { longFormsIn } from "./long-forms.ts";

test("short forms are shown with what they stand for", () => {
  const text = `policies:
  - git:push on branches/feature/*
rules:
  - allow: s3:GetObject
    on: [data-lake/raw/*, "arn:aws:s3:::plain/*"]
  - deny: git:push
    on: GitHub.com/acme/{app,api}#main
  - allow: mcp:call
    on: crm/**
`;
  expect(longFormsIn(text).map(({ line, written, means }) => [line, written, ...means])).toEqual([
    [2, "branches/feature/*", "**#refs/heads/feature/*"],
    [4, "s3:GetObject", "aws:s3:GetObject"],
    [5, "data-lake/raw/*", "arn:aws:s3:::data-lake/raw/*"],
    [
      7,
      "GitHub.com/acme/{app,api}#main",
      "github.com/acme/app#refs/heads/main",
      "github.com/acme/api#refs/heads/main",
    ],
  ]);
});
