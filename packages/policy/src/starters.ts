/** The policies that a new project can start with. Each publishes as it stands. */

export interface Starter {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

const CLAUDE_CODE_SAFE: Starter = {
  id: "claude-code-safe",
  title: "Claude Code safe",
  text: `version: 1
rules:
  - allow: [llm:invoke, llm:count_tokens, llm:list_models]
    on: [anthropic/claude-*, anthropic/models]
  - allow: [tool:*, agent:spawn, git:fetch]
  - allow: git:push
    on: branches/**
  - approve: git:push
    on: ["branches/{main,master,production}", "branches/release/**"]
    reason: Shared branches are pushed after a person has looked.
  - deny: [git:force_push, git:delete_ref]
    id: history-stands
    reason: History is not rewritten.
  - deny: [aws:*:Delete*, aws:*:Terminate*, db:drop, db:truncate]
    id: nothing-is-lost
    reason: What is deleted cannot be brought back; ask a person.
  - deny: [llm:mcp_server, llm:server_tool, llm:fetch_url]
    always: true
`,
};

const READ_ONLY_DATA: Starter = {
  id: "read-only-data",
  title: "Read-only data",
  text: `version: 1
rules:
  - allow: [llm:invoke, llm:count_tokens, llm:list_models]
    on: [anthropic/claude-*, anthropic/models]
  - allow: [db:select, http:get, http:head, mcp:read, mcp:list]
  - allow: [aws:s3:Get*, aws:s3:List*, aws:athena:Get*, aws:glue:Get*]
  - allow: [tool:Read, tool:Glob, tool:Grep]
  - deny: tool:Read
    on: ["**/.env", "**/.ssh/**", "**/.aws/**"]
    id: no-credentials
    reason: Credentials are not data.
  - deny: [llm:mcp_server, llm:server_tool, llm:fetch_url]
    always: true
tests:
  - { name: a query is answered, action: db:select, on: shop/public/orders, expect: allow }
  - { name: nothing is changed, action: db:update, on: shop/public/orders, expect: deny }
  - { name: an object is read, action: s3:GetObject, on: data-lake/raw/a.parquet, expect: allow }
  - { name: an object is not written, action: s3:PutObject, on: data-lake/raw/a.parquet, expect: deny }
`,
};

const CI_AGENT: Starter = {
  id: "ci-agent",
  title: "CI agent",
  text: `version: 1
rules:
  - allow: [llm:invoke, llm:count_tokens, llm:list_models]
    on: [anthropic/claude-*, anthropic/models]
  - allow: [tool:Bash, tool:Read, tool:Write, tool:Edit, tool:Glob, tool:Grep]
  - allow: git:fetch
  - allow: git:push
    on: ["branches/ci/**", "branches/dependabot/**"]
  - approve: git:create_tag
    reason: A tag makes a release.
  - allow: git:push
    on: tags/**
  - deny: [git:force_push, git:delete_ref]
    id: history-stands
    reason: History is not rewritten.
  - deny: [llm:mcp_server, llm:server_tool, llm:fetch_url]
    always: true
tests:
  - { name: a branch of its own, action: git:push, on: "github.com/acme/app#ci/lint", expect: allow }
  - { name: not main, action: git:push, on: "github.com/acme/app#main", expect: deny }
  - { name: a release waits, action: git:create_tag, on: "github.com/acme/app#refs/tags/v1", expect: approve }
`,
};

const PRODUCTION: Starter = {
  id: "production",
  title: "Production",
  text: `version: 1
rules:
  - allow: [llm:invoke, llm:count_tokens, llm:list_models]
    on: [anthropic/claude-*, anthropic/models]
  - allow: [http:get, http:head, mcp:read, mcp:list, db:select, git:fetch]
  - allow: [aws:*:Describe*, aws:*:Get*, aws:*:List*]
  - deny: [aws:secretsmanager:Get*, aws:ssm:GetParameter*, aws:kms:*, aws:iam:*]
    id: no-keys
    reason: Keys and rights are managed by people.
  - approve: [http:post, http:put, http:patch, mcp:call, db:insert, db:update]
    reason: A change of production waits for a person.
  - approve: [aws:ecs:UpdateService, aws:lambda:UpdateFunctionCode]
    reason: A deployment waits for a person.
  - deny: [http:delete, db:delete, db:drop, db:truncate, aws:*:Delete*, aws:*:Terminate*]
    id: nothing-is-lost
    reason: What is deleted cannot be brought back.
  - deny: [git:force_push, git:delete_ref]
    id: history-stands
  - deny: [llm:mcp_server, llm:server_tool, llm:fetch_url]
    always: true
tests:
  - { name: looking is free, action: aws:ecs:DescribeServices, on: "arn:aws:ecs:eu-west-1:1:service/a/b", expect: allow }
  - { name: secrets stay secret, action: aws:secretsmanager:GetSecretValue, on: "arn:aws:secretsmanager:eu-west-1:1:secret:x", expect: deny }
  - { name: a deployment waits, action: aws:ecs:UpdateService, on: "arn:aws:ecs:eu-west-1:1:service/a/b", expect: approve }
  - { name: a table stays, action: db:drop, on: shop/public/orders, expect: deny }
`,
};

export const STARTERS: readonly Starter[] = [
  CLAUDE_CODE_SAFE,
  READ_ONLY_DATA,
  CI_AGENT,
  PRODUCTION,
];
