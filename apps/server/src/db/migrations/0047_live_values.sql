-- The index of own fields has live records only. Records that were moved along in the trash, when their stage went, had
-- left rows there: they would be listed, and could not come back. docs/decisions/0047-two-processors.md

DO $$
DECLARE
  organization uuid;
  records text;
BEGIN
  FOR organization IN SELECT id FROM organizations LOOP
    PERFORM set_config('rapport.organization_id', organization::text, true);
    FOR records IN
      SELECT c.table_name FROM information_schema.columns c
      WHERE c.table_schema = current_schema() AND c.column_name IN ('custom', 'deleted_at')
      GROUP BY c.table_name HAVING count(*) = 2
    LOOP
      EXECUTE format('DELETE FROM custom_values v USING %I r WHERE v.organization_id = $1 AND r.organization_id = $1
        AND r.id = v.record_id AND r.deleted_at IS NOT NULL', records) USING organization;
    END LOOP;
  END LOOP;
  PERFORM set_config('rapport.organization_id', '', true);
END $$;
