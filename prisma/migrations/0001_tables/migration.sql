-- Two schemas: `directory` is global; every table of `org` belongs to one org.
CREATE SCHEMA directory;
CREATE SCHEMA org;

CREATE TABLE directory.orgs (
  id uuid NOT NULL,
  slug text NOT NULL,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT orgs_pkey PRIMARY KEY (id),
  CONSTRAINT orgs_slug_form CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$')
);
CREATE UNIQUE INDEX orgs_slug_key ON directory.orgs (slug);

CREATE TABLE directory.people (
  id uuid NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT people_pkey PRIMARY KEY (id),
  CONSTRAINT people_email_lower CHECK (email = lower(email))
);
CREATE UNIQUE INDEX people_email_key ON directory.people (email);

CREATE TABLE directory.agent_key_hashes (
  hash bytea NOT NULL,
  org_id uuid NOT NULL,
  key_id uuid NOT NULL,
  CONSTRAINT agent_key_hashes_pkey PRIMARY KEY (hash)
);

CREATE TABLE directory.api_token_hashes (
  hash bytea NOT NULL,
  org_id uuid NOT NULL,
  token_id uuid NOT NULL,
  CONSTRAINT api_token_hashes_pkey PRIMARY KEY (hash)
);

CREATE TABLE directory.instances (
  id uuid NOT NULL,
  started_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  lease_until timestamptz(3) NOT NULL,
  open_from uuid NOT NULL,
  ended_at timestamptz(3),
  swept_at timestamptz(3),
  CONSTRAINT instances_pkey PRIMARY KEY (id)
);

CREATE TABLE org.settings (
  org_id uuid NOT NULL,
  time_zone text NOT NULL DEFAULT 'UTC',
  home text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT settings_pkey PRIMARY KEY (org_id)
);

CREATE TABLE org.revisions (
  org_id uuid NOT NULL,
  revision bigint NOT NULL,
  CONSTRAINT revisions_pkey PRIMARY KEY (org_id)
);

CREATE TABLE org.data_keys (
  org_id uuid NOT NULL,
  version integer NOT NULL,
  kek_version integer NOT NULL,
  wrapped bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT data_keys_pkey PRIMARY KEY (org_id, version)
);

CREATE TABLE org.members (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  role text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  removed_at timestamptz(3),
  CONSTRAINT members_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT members_role CHECK (role IN ('owner', 'admin', 'developer', 'approver', 'auditor', 'billing'))
);
CREATE UNIQUE INDEX members_org_id_person_id_key ON org.members (org_id, person_id);

CREATE TABLE org.api_tokens (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  name text NOT NULL,
  last_four text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  CONSTRAINT api_tokens_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT api_tokens_org_id_member_id_fkey FOREIGN KEY (org_id, member_id)
    REFERENCES org.members (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TABLE org.changes (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  member_id uuid,
  verb text NOT NULL,
  subject text NOT NULL,
  before jsonb,
  after jsonb,
  request_id text,
  CONSTRAINT changes_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT changes_org_id_member_id_fkey FOREIGN KEY (org_id, member_id)
    REFERENCES org.members (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TABLE org.projects (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  slug text NOT NULL,
  name text NOT NULL,
  capture_level text NOT NULL DEFAULT 'redacted',
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  archived_at timestamptz(3),
  CONSTRAINT projects_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT projects_capture_level CHECK (capture_level IN ('metadata', 'redacted', 'full'))
);
CREATE UNIQUE INDEX projects_org_id_slug_key ON org.projects (org_id, slug);

CREATE TABLE org.agents (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  project_id uuid NOT NULL,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  archived_at timestamptz(3),
  CONSTRAINT agents_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT agents_org_id_project_id_fkey FOREIGN KEY (org_id, project_id)
    REFERENCES org.projects (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE UNIQUE INDEX agents_org_id_project_id_name_key ON org.agents (org_id, project_id, name);

CREATE TABLE org.agent_keys (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  agent_id uuid NOT NULL,
  member_id uuid NOT NULL,
  kind text NOT NULL,
  hash bytea NOT NULL,
  pepper integer NOT NULL,
  last_four text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  CONSTRAINT agent_keys_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT agent_keys_kind CHECK (kind IN ('live', 'test')),
  CONSTRAINT agent_keys_org_id_agent_id_fkey FOREIGN KEY (org_id, agent_id)
    REFERENCES org.agents (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT agent_keys_org_id_member_id_fkey FOREIGN KEY (org_id, member_id)
    REFERENCES org.members (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TABLE org.connectors (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  provider text NOT NULL,
  base_url text NOT NULL,
  mode text NOT NULL,
  credential bytea,
  is_default boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  archived_at timestamptz(3),
  CONSTRAINT connectors_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT connectors_mode CHECK (mode IN ('vaulted', 'client_credential')),
  CONSTRAINT connectors_credential CHECK ((mode = 'vaulted') = (credential IS NOT NULL))
);
CREATE UNIQUE INDEX connectors_org_id_name_key ON org.connectors (org_id, name);
CREATE UNIQUE INDEX connectors_one_default ON org.connectors (org_id, provider)
  WHERE is_default AND archived_at IS NULL;

CREATE TABLE org.policies (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  layer text NOT NULL,
  project_id uuid,
  agent_id uuid,
  live_version integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT policies_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT policies_layer CHECK (
    (layer = 'org' AND project_id IS NULL AND agent_id IS NULL) OR
    (layer = 'project' AND project_id IS NOT NULL AND agent_id IS NULL) OR
    (layer = 'agent' AND project_id IS NULL AND agent_id IS NOT NULL)),
  CONSTRAINT policies_org_id_project_id_fkey FOREIGN KEY (org_id, project_id)
    REFERENCES org.projects (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT policies_org_id_agent_id_fkey FOREIGN KEY (org_id, agent_id)
    REFERENCES org.agents (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE UNIQUE INDEX policies_org_id_name_key ON org.policies (org_id, name);

CREATE TABLE org.policy_versions (
  org_id uuid NOT NULL,
  policy_id uuid NOT NULL,
  version integer NOT NULL,
  text text NOT NULL,
  message text NOT NULL,
  author_id uuid,
  published_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT policy_versions_pkey PRIMARY KEY (org_id, policy_id, version),
  CONSTRAINT policy_versions_org_id_policy_id_fkey FOREIGN KEY (org_id, policy_id)
    REFERENCES org.policies (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT policy_versions_org_id_author_id_fkey FOREIGN KEY (org_id, author_id)
    REFERENCES org.members (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TABLE org.sessions (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  agent_id uuid NOT NULL,
  client_session text,
  started_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT sessions_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT sessions_org_id_agent_id_fkey FOREIGN KEY (org_id, agent_id)
    REFERENCES org.agents (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE UNIQUE INDEX sessions_org_id_agent_id_client_session_key
  ON org.sessions (org_id, agent_id, client_session);

-- Records. No foreign keys here: each would lock a shared row on every call, and admission has checked the
-- org's revision, which says the same.
CREATE TABLE org.intents (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  v smallint NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  instance_id uuid NOT NULL,
  project_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  key_id uuid NOT NULL,
  user_id text NOT NULL,
  session_id uuid NOT NULL,
  subagent text,
  parent_subagent text,
  client_ref text,
  tier text NOT NULL,
  surface text NOT NULL,
  verb text NOT NULL,
  resource text NOT NULL,
  actions jsonb NOT NULL,
  action_hash bytea NOT NULL,
  decision text NOT NULL,
  would text NOT NULL,
  rules jsonb NOT NULL,
  would_rules jsonb NOT NULL,
  explanation text NOT NULL,
  policies jsonb NOT NULL,
  revision bigint NOT NULL,
  labels text[],
  findings jsonb NOT NULL,
  request_bytes integer NOT NULL,
  CONSTRAINT intents_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT intents_decision CHECK (decision IN ('allow', 'approve', 'deny')),
  CONSTRAINT intents_would CHECK (would IN ('allow', 'approve', 'deny'))
) PARTITION BY RANGE (id);
CREATE INDEX intents_id_idx ON org.intents USING brin (id);
CREATE INDEX intents_session_idx ON org.intents (org_id, session_id, id);

CREATE TABLE org.outcomes (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  v smallint NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  outcome text NOT NULL,
  status integer,
  error text,
  latency_ms integer,
  first_byte_ms integer,
  response_bytes bigint,
  model text,
  input_tokens bigint,
  output_tokens bigint,
  cache_read_tokens bigint,
  cache_write_tokens bigint,
  metering text,
  cost_micros bigint,
  price_table text,
  upstream_request_id text,
  CONSTRAINT outcomes_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT outcomes_outcome CHECK
    (outcome IN ('done', 'upstream_error', 'aborted', 'not_sent', 'refused', 'unknown')),
  CONSTRAINT outcomes_metering CHECK (metering IN ('reported', 'estimated'))
) PARTITION BY RANGE (id);

CREATE TABLE org.corrections (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  seq bigserial NOT NULL,
  v smallint NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  outcome jsonb NOT NULL,
  CONSTRAINT corrections_pkey PRIMARY KEY (org_id, id, seq)
);

CREATE TABLE org.payloads (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  part text NOT NULL,
  v smallint NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  sealed bytea NOT NULL,
  CONSTRAINT payloads_pkey PRIMARY KEY (org_id, id, part),
  CONSTRAINT payloads_part CHECK (part IN ('request', 'reply'))
) PARTITION BY RANGE (id);
-- Sealed bytes do not compress: do not try.
ALTER TABLE org.payloads ALTER COLUMN sealed SET STORAGE EXTERNAL;
