-- Who may touch what. The scope of `yolo_app` and `yolo_gateway` is one org, set by
-- `SET LOCAL yolo.org` in a transaction; without it the cast below is an error, never "all rows".

CREATE FUNCTION org.scope() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN current_setting('yolo.org')::uuid;

GRANT USAGE ON SCHEMA directory, org TO yolo_app, yolo_gateway, yolo_admission;

DO $$
DECLARE
  t text;
BEGIN
  FOR t IN SELECT c.relname FROM pg_class c
           WHERE c.relnamespace = 'org'::regnamespace AND c.relkind IN ('r', 'p') LOOP
    EXECUTE format('ALTER TABLE org.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE org.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY app ON org.%I TO yolo_app USING (org_id = org.scope()) WITH CHECK (org_id = org.scope())', t);
  END LOOP;

  -- What a snapshot is made of.
  FOREACH t IN ARRAY ARRAY['settings', 'revisions', 'data_keys', 'members', 'projects', 'agents', 'agent_keys',
                           'connectors', 'policies', 'policy_versions'] LOOP
    EXECUTE format('CREATE POLICY gateway ON org.%I FOR SELECT TO yolo_gateway USING (org_id = org.scope())', t);
    EXECUTE format('GRANT SELECT ON org.%I TO yolo_gateway', t);
  END LOOP;

  -- What the functions that span orgs need, and no more.
  FOREACH t IN ARRAY ARRAY['revisions', 'sessions', 'intents', 'outcomes', 'corrections', 'payloads'] LOOP
    EXECUTE format('CREATE POLICY admission ON org.%I TO yolo_admission USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;

GRANT SELECT, INSERT ON directory.orgs, directory.people, directory.agent_key_hashes, directory.api_token_hashes TO yolo_app;
GRANT UPDATE (name) ON directory.orgs, directory.people TO yolo_app;
GRANT SELECT ON directory.orgs, directory.agent_key_hashes TO yolo_gateway;
GRANT SELECT, INSERT, UPDATE ON directory.instances TO yolo_admission;

GRANT SELECT, INSERT, UPDATE ON org.settings, org.members, org.api_tokens, org.projects, org.agents, org.agent_keys,
  org.connectors, org.policies TO yolo_app;
-- Published versions, data keys and changes are only ever added.
GRANT SELECT, INSERT ON org.data_keys, org.policy_versions, org.changes TO yolo_app;
GRANT SELECT ON org.revisions, org.sessions, org.intents, org.outcomes, org.corrections, org.payloads TO yolo_app;

GRANT SELECT, INSERT, UPDATE ON org.revisions TO yolo_admission;
GRANT SELECT, INSERT ON org.sessions, org.intents, org.outcomes, org.corrections, org.payloads TO yolo_admission;
GRANT USAGE ON SEQUENCE org.corrections_seq_seq TO yolo_admission;
