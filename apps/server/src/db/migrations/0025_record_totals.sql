-- One roll-up for every object and every field by which its records are counted; what it knew of stages goes into it.

CREATE TABLE record_totals (
  organization_id uuid NOT NULL REFERENCES organizations,
  object          text COLLATE "C" NOT NULL,
  field           text COLLATE "C" NOT NULL,
  value           text COLLATE "C" NOT NULL,
  currency        text COLLATE "C" NOT NULL,
  records         bigint NOT NULL,
  amount          numeric NOT NULL,
  own_amount      numeric NOT NULL,
  own_weighted    numeric NOT NULL,
  PRIMARY KEY (organization_id, object, field, value, currency)
);
SELECT protect('record_totals');
COMMENT ON TABLE record_totals IS
  'How many live records have each value of a counted field, and what they are worth: kept by a subscriber of the record events.';
COMMENT ON COLUMN record_totals.value IS 'As text; empty for the records without a value.';
COMMENT ON COLUMN record_totals.currency IS 'Empty for objects that are worth nothing.';
COMMENT ON COLUMN record_totals.amount IS 'Ten-thousandths of the currency unit.';
COMMENT ON COLUMN record_totals.own_amount IS 'The part of the amount whose records have a probability of their own.';
COMMENT ON COLUMN record_totals.own_weighted IS 'That part times its probabilities: ten-thousandths × percent.';

DO $$
DECLARE
  organization uuid;
BEGIN
  FOR organization IN SELECT id FROM organizations LOOP
    PERFORM set_config('rapport.organization_id', organization::text, true);
    INSERT INTO record_totals
      SELECT r.organization_id, 'lead', f.field, coalesce(f.value, ''), r.currency, count(*), coalesce(sum(r.estimated_value), 0), 0, 0
      FROM leads r CROSS JOIN LATERAL (VALUES
        ('industry', r.industry), ('country', r.country), ('source', r.source), ('status', r.status),
        ('pipeline_id', r.pipeline_id::text), ('stage_id', r.stage_id::text), ('owner_id', r.owner_id::text)) f (field, value)
      WHERE r.organization_id = organization AND r.deleted_at IS NULL GROUP BY 1, 2, 3, 4, 5;
    INSERT INTO record_totals
      SELECT r.organization_id, 'contact', f.field, coalesce(f.value, ''), '', count(*), 0, 0, 0
      FROM contacts r CROSS JOIN LATERAL (VALUES
        ('country', r.country), ('source', r.source), ('owner_id', r.owner_id::text)) f (field, value)
      WHERE r.organization_id = organization AND r.deleted_at IS NULL GROUP BY 1, 2, 3, 4, 5;
    INSERT INTO record_totals
      SELECT r.organization_id, 'company', f.field, coalesce(f.value, ''), r.currency, count(*), coalesce(sum(r.annual_revenue), 0), 0, 0
      FROM companies r CROSS JOIN LATERAL (VALUES
        ('industry', r.industry), ('country', r.country), ('source', r.source), ('owner_id', r.owner_id::text)) f (field, value)
      WHERE r.organization_id = organization AND r.deleted_at IS NULL GROUP BY 1, 2, 3, 4, 5;
  END LOOP;
END $$;

-- All that happened until now is counted.
INSERT INTO event_positions (subscriber, organization_id, seq)
  SELECT 'records.totals', organization_id, seq FROM event_heads;
DELETE FROM event_positions WHERE subscriber = 'pipelines.stage_totals';
DROP TABLE stage_totals;
