-- People sign in: what the sign-in library keeps of a person, and what orgs keep of their members' groups and
-- invitations. The gateway needs none of it.

ALTER TABLE directory.people
  ADD COLUMN email_verified boolean NOT NULL DEFAULT false,
  ADD COLUMN two_factor_enabled boolean NOT NULL DEFAULT false,
  ADD COLUMN image text,
  ADD COLUMN updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- One row per way to sign in; the password's hash stands in the row of the provider `credential`.
CREATE TABLE directory.accounts (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  provider_id text NOT NULL,
  account_id text NOT NULL,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT accounts_pkey PRIMARY KEY (id),
  CONSTRAINT accounts_person_id_fkey FOREIGN KEY (person_id)
    REFERENCES directory.people (id) ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE UNIQUE INDEX accounts_provider_id_account_id_key ON directory.accounts (provider_id, account_id);
CREATE INDEX accounts_person_id_idx ON directory.accounts (person_id);

-- A signed-in browser. The token is worth nothing without the signature in its cookie.
CREATE TABLE directory.person_sessions (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  token text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT person_sessions_pkey PRIMARY KEY (id),
  CONSTRAINT person_sessions_person_id_fkey FOREIGN KEY (person_id)
    REFERENCES directory.people (id) ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE UNIQUE INDEX person_sessions_token_key ON directory.person_sessions (token);
CREATE INDEX person_sessions_person_id_idx ON directory.person_sessions (person_id);
CREATE INDEX person_sessions_expires_at_idx ON directory.person_sessions (expires_at);

-- Links and challenges under way; each is taken out when it is used.
CREATE TABLE directory.verifications (
  id uuid NOT NULL,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT verifications_pkey PRIMARY KEY (id)
);
CREATE INDEX verifications_identifier_idx ON directory.verifications (identifier);
CREATE INDEX verifications_expires_at_idx ON directory.verifications (expires_at);

-- Secret and recovery codes of a person's authenticator, both encrypted.
CREATE TABLE directory.two_factors (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  secret text NOT NULL,
  backup_codes text NOT NULL,
  verified boolean NOT NULL DEFAULT true,
  failed_verification_count integer NOT NULL DEFAULT 0,
  locked_until timestamptz(3),
  CONSTRAINT two_factors_pkey PRIMARY KEY (id),
  CONSTRAINT two_factors_person_id_fkey FOREIGN KEY (person_id)
    REFERENCES directory.people (id) ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE UNIQUE INDEX two_factors_person_id_key ON directory.two_factors (person_id);

-- What happened to a person's account, for that person's eyes: append-only.
CREATE TABLE directory.sign_in_events (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  event text NOT NULL,
  ip_address text,
  user_agent text,
  CONSTRAINT sign_in_events_pkey PRIMARY KEY (id),
  CONSTRAINT sign_in_events_person_id_fkey FOREIGN KEY (person_id)
    REFERENCES directory.people (id) ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE INDEX sign_in_events_person_id_id_idx ON directory.sign_in_events (person_id, id);

-- HMAC of an invitation's token → the org it belongs to. Whether it still works is said in org.invitations.
CREATE TABLE directory.invitation_hashes (
  hash bytea NOT NULL,
  org_id uuid NOT NULL,
  invitation_id uuid NOT NULL,
  CONSTRAINT invitation_hashes_pkey PRIMARY KEY (hash)
);

CREATE TABLE org.groups (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at timestamptz(3),
  CONSTRAINT groups_pkey PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX groups_name ON org.groups (org_id, name) WHERE deleted_at IS NULL;

CREATE TABLE org.group_members (
  org_id uuid NOT NULL,
  group_id uuid NOT NULL,
  member_id uuid NOT NULL,
  added_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  removed_at timestamptz(3),
  CONSTRAINT group_members_pkey PRIMARY KEY (org_id, group_id, member_id),
  CONSTRAINT group_members_org_id_group_id_fkey FOREIGN KEY (org_id, group_id)
    REFERENCES org.groups (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT group_members_org_id_member_id_fkey FOREIGN KEY (org_id, member_id)
    REFERENCES org.members (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TABLE org.invitations (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  email text,
  role text NOT NULL,
  hash bytea NOT NULL,
  inviter_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3),
  accepted_at timestamptz(3),
  member_id uuid,
  CONSTRAINT invitations_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT invitations_email_lower CHECK (email = lower(email)),
  CONSTRAINT invitations_role CHECK (role IN ('owner', 'admin', 'developer', 'approver', 'auditor', 'billing')),
  CONSTRAINT invitations_accepted CHECK ((accepted_at IS NULL) = (member_id IS NULL)),
  CONSTRAINT invitations_org_id_inviter_id_fkey FOREIGN KEY (org_id, inviter_id)
    REFERENCES org.members (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT invitations_org_id_member_id_fkey FOREIGN KEY (org_id, member_id)
    REFERENCES org.members (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE UNIQUE INDEX invitations_open_email ON org.invitations (org_id, email)
  WHERE revoked_at IS NULL AND accepted_at IS NULL;

CREATE INDEX members_person_id_idx ON org.members (person_id);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['groups', 'group_members', 'invitations'] LOOP
    EXECUTE format('ALTER TABLE org.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE org.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY app ON org.%I TO yolo_app USING (org_id = org.scope()) WITH CHECK (org_id = org.scope())', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON org.%I TO yolo_app', t);
  END LOOP;
END $$;

GRANT UPDATE (email_verified, two_factor_enabled, image, updated_at) ON directory.people TO yolo_app;
GRANT SELECT, INSERT, UPDATE ON directory.accounts TO yolo_app;
-- What ends is taken out: a session, a used link, an authenticator that was switched off.
GRANT SELECT, INSERT, UPDATE, DELETE ON directory.person_sessions, directory.verifications, directory.two_factors
  TO yolo_app;
GRANT SELECT, INSERT ON directory.sign_in_events, directory.invitation_hashes TO yolo_app;

-- What the function below looks at, in whatever org, and no more.
CREATE POLICY admission ON org.members FOR SELECT TO yolo_admission USING (true);
GRANT SELECT (org_id, id, person_id, role, removed_at) ON org.members TO yolo_admission;
GRANT SELECT (id, slug, name) ON directory.orgs TO yolo_admission;

GRANT CREATE ON SCHEMA org TO yolo_admission;

-- The orgs a person belongs to, by name.
CREATE FUNCTION org.orgs_of_person_1(person uuid)
  RETURNS TABLE (org_id uuid, slug text, name text, member_id uuid, role text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.id, o.slug, o.name, m.id, m.role FROM org.members m JOIN directory.orgs o ON o.id = m.org_id
  WHERE m.person_id = person AND m.removed_at IS NULL ORDER BY o.name, o.id
$$;
REVOKE EXECUTE ON FUNCTION org.orgs_of_person_1(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.orgs_of_person_1(uuid) TO yolo_app;
ALTER FUNCTION org.orgs_of_person_1(uuid) OWNER TO yolo_admission;

REVOKE CREATE ON SCHEMA org FROM yolo_admission;
