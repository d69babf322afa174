-- Policies on trial, and dry runs of drafts on what is on record.

-- While it stands, version 1 of a starter is in evaluate; then the product publishes it in enforce.
ALTER TABLE org.policies ADD COLUMN trial_ends_at timestamptz(3);
CREATE INDEX policies_trial_ends_at_idx ON org.policies (trial_ends_at);

CREATE TABLE org.dry_runs (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  member_id uuid,
  layer text NOT NULL,
  project_id uuid,
  agent_id uuid,
  policy_id uuid,
  text text NOT NULL,
  stack jsonb NOT NULL,
  reads_payloads boolean NOT NULL,
  since timestamptz(3) NOT NULL,
  until timestamptz(3) NOT NULL,
  state text NOT NULL DEFAULT 'queued',
  total integer,
  cursor uuid,
  tally jsonb,
  touched_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  failure text,
  CONSTRAINT dry_runs_pkey PRIMARY KEY (org_id, id),
  CONSTRAINT dry_runs_org_id_member_id_fkey FOREIGN KEY (org_id, member_id)
    REFERENCES org.members (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT dry_runs_layer CHECK (layer IN ('org', 'project', 'agent')),
  CONSTRAINT dry_runs_state CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  CONSTRAINT dry_runs_period CHECK (since < until)
);
ALTER TABLE org.dry_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE org.dry_runs FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON org.dry_runs TO yolo_app USING (org_id = org.scope()) WITH CHECK (org_id = org.scope());
GRANT SELECT, INSERT, UPDATE ON org.dry_runs TO yolo_app;

-- What the function below looks at, in whatever org, and no more.
CREATE POLICY admission ON org.policies FOR SELECT TO yolo_admission USING (true);
GRANT SELECT (org_id, id, trial_ends_at) ON org.policies TO yolo_admission;

GRANT CREATE ON SCHEMA org TO yolo_admission;

-- The policies whose trial is over at this moment, the longest waiting first.
CREATE FUNCTION org.ended_trials_1(moment timestamptz, most integer) RETURNS TABLE (org_id uuid, policy_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT p.org_id, p.id FROM org.policies p WHERE p.trial_ends_at <= moment ORDER BY p.trial_ends_at, p.id LIMIT most
$$;
REVOKE EXECUTE ON FUNCTION org.ended_trials_1(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.ended_trials_1(timestamptz, integer) TO yolo_app;
ALTER FUNCTION org.ended_trials_1(timestamptz, integer) OWNER TO yolo_admission;

REVOKE CREATE ON SCHEMA org FROM yolo_admission;
