-- What members write before they publish, and policies that are no longer in force.

-- One per policy and member: nobody overwrites what somebody else is writing.
CREATE TABLE org.policy_drafts (
  org_id uuid NOT NULL,
  policy_id uuid NOT NULL,
  member_id uuid NOT NULL,
  base integer NOT NULL,
  revision integer NOT NULL,
  text text,
  saved_at timestamptz(3) NOT NULL,
  CONSTRAINT policy_drafts_pkey PRIMARY KEY (org_id, policy_id, member_id),
  CONSTRAINT policy_drafts_org_id_policy_id_fkey FOREIGN KEY (org_id, policy_id)
    REFERENCES org.policies (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT policy_drafts_org_id_member_id_fkey FOREIGN KEY (org_id, member_id)
    REFERENCES org.members (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT
);
ALTER TABLE org.policy_drafts ENABLE ROW LEVEL SECURITY;
ALTER TABLE org.policy_drafts FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON org.policy_drafts TO yolo_app USING (org_id = org.scope()) WITH CHECK (org_id = org.scope());
-- A draft that is thrown away keeps its row, without its text: no role that serves calls deletes rows.
GRANT SELECT, INSERT, UPDATE ON org.policy_drafts TO yolo_app;

-- Nobody is decided under an archived policy; the trigger on the table bumps the org's revision.
ALTER TABLE org.policies ADD COLUMN archived_at timestamptz(3);

CREATE INDEX dry_runs_org_id_policy_id_id_idx ON org.dry_runs (org_id, policy_id, id);
