-- To own a function a role must be allowed to create in its schema; taken back at the end of 0006_admission.
GRANT CREATE ON SCHEMA directory, org TO yolo_admission;

-- Every change that may alter a decision bumps the org's revision and tells the gateways.
--
-- The exclusive lock waits for the admissions of this org that are being committed and holds back new ones until
-- this change commits; `admit` takes the same lock shared and reads the revision after it. So no admission under
-- an older revision commits after the change did.
CREATE FUNCTION org.bump_revision() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  org uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.org_id ELSE NEW.org_id END;
  now_at bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(org::text, 0));
  INSERT INTO org.revisions AS r (org_id, revision) VALUES (org, 1)
    ON CONFLICT (org_id) DO UPDATE SET revision = r.revision + 1
    RETURNING revision INTO now_at;
  PERFORM pg_notify('org_changed', org::text || ':' || now_at::text);
  RETURN NULL;
END $$;
ALTER FUNCTION org.bump_revision() OWNER TO yolo_admission;
REVOKE EXECUTE ON FUNCTION org.bump_revision() FROM PUBLIC;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['settings', 'data_keys', 'members', 'projects', 'agents', 'agent_keys', 'connectors',
                           'policies', 'policy_versions'] LOOP
    EXECUTE format('CREATE TRIGGER bump_revision AFTER INSERT OR UPDATE OR DELETE ON org.%I
                    FOR EACH ROW EXECUTE FUNCTION org.bump_revision()', t);
  END LOOP;
END $$;

-- The poll behind the notification: the revisions of the orgs a gateway has loaded.
CREATE FUNCTION org.revisions_1(orgs uuid[]) RETURNS TABLE (org_id uuid, revision bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT r.org_id, r.revision FROM org.revisions r WHERE r.org_id = ANY (orgs) $$;
REVOKE EXECUTE ON FUNCTION org.revisions_1(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.revisions_1(uuid[]) TO yolo_gateway;
ALTER FUNCTION org.revisions_1(uuid[]) OWNER TO yolo_admission;
