-- Connectors that are rotated and archived, and the list of first steps that an org has put away.

-- Null: the credential is as old as its connector.
ALTER TABLE org.connectors ADD COLUMN rotated_at timestamptz(3);

-- What is archived keeps no credential, and gives its name back.
ALTER TABLE org.connectors DROP CONSTRAINT connectors_credential;
ALTER TABLE org.connectors ADD CONSTRAINT connectors_credential
  CHECK ((mode = 'vaulted' AND archived_at IS NULL) = (credential IS NOT NULL));
ALTER TABLE org.connectors ADD CONSTRAINT connectors_archived CHECK (archived_at IS NULL OR NOT is_default);
DROP INDEX org.connectors_org_id_name_key;
CREATE UNIQUE INDEX connectors_live_name ON org.connectors (org_id, name) WHERE archived_at IS NULL;

ALTER TABLE org.settings ADD COLUMN steps_dismissed_at timestamptz(3);
