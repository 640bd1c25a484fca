-- How likely a deal is told to come, and what deals were before they changed.

ALTER TABLE stages ADD COLUMN forecast_category text COLLATE "C"
  CHECK (forecast_category IN ('pipeline', 'best_case', 'committed', 'omitted'));
COMMENT ON COLUMN stages.forecast_category IS 'Of the open deals in it; null where it follows from the probability.';
ALTER TABLE deals ADD COLUMN forecast_category text COLLATE "C"
  CHECK (forecast_category IN ('pipeline', 'best_case', 'committed', 'omitted'));
COMMENT ON COLUMN deals.forecast_category IS 'Null where that of the stage counts.';

-- A forecast reads nothing but these: all that it adds up is in them.
CREATE INDEX deals_forecast ON deals (organization_id, expected_close)
  INCLUDE (owner_id, pipeline_id, stage_id, currency, value, probability, forecast_category)
  WHERE deleted_at IS NULL AND status = 'open';
CREATE INDEX deals_closed ON deals (organization_id, closed_at)
  INCLUDE (status, owner_id, pipeline_id, currency, value, created_at)
  WHERE deleted_at IS NULL AND closed_at IS NOT NULL;

CREATE FUNCTION forecast_category(own text, of_stage text, probability int) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(own, of_stage, CASE
    WHEN probability >= 90 THEN 'committed' WHEN probability >= 50 THEN 'best_case'
    WHEN probability > 0 THEN 'pipeline' ELSE 'omitted' END)
$$;
COMMENT ON FUNCTION forecast_category IS
  'The category of an open deal: its own, that of its stage, or what the probability of the stage stands for. The same as forecastCategoryOf in the contracts.';

CREATE TABLE deal_history (
  organization_id   uuid NOT NULL,
  deal_id           uuid NOT NULL,
  until             timestamptz NOT NULL,
  status            text COLLATE "C" NOT NULL,
  pipeline_id       uuid NOT NULL,
  stage_id          uuid NOT NULL,
  owner_id          uuid,
  value             bigint,
  currency          text COLLATE "C" NOT NULL,
  probability       int,
  forecast_category text COLLATE "C",
  expected_close    date,
  closed_at         timestamptz(3),
  deleted_at        timestamptz(3),
  stage_probability int NOT NULL,
  stage_category    text COLLATE "C",
  PRIMARY KEY (organization_id, deal_id, until),
  FOREIGN KEY (organization_id, deal_id) REFERENCES deals (organization_id, id) ON DELETE CASCADE
);
SELECT protect('deal_history');
COMMENT ON TABLE deal_history IS
  'What a forecast counts of a deal, as it was until it changed. What has not changed since is in deals alone, so a new deal writes nothing here. Kept by a trigger, because every way in which deals change has to be in it.';
COMMENT ON COLUMN deal_history.until IS 'The transaction that changed it; of several changes in one, the first counts.';
COMMENT ON COLUMN deal_history.stage_probability IS 'Of the stage at that time: it may be gone.';
COMMENT ON COLUMN deal_history.stage_category IS 'As stage_probability.';
CREATE INDEX deal_history_since ON deal_history (organization_id, until);

CREATE FUNCTION keep_deal_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO deal_history
  SELECT OLD.organization_id, OLD.id, now(), OLD.status, OLD.pipeline_id, OLD.stage_id, OLD.owner_id, OLD.value, OLD.currency,
    OLD.probability, OLD.forecast_category, OLD.expected_close, OLD.closed_at, OLD.deleted_at, s.probability, s.forecast_category
  FROM stages s WHERE s.organization_id = OLD.organization_id AND s.id = OLD.stage_id
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER deal_history_kept AFTER UPDATE ON deals FOR EACH ROW
  WHEN ((OLD.status, OLD.pipeline_id, OLD.stage_id, OLD.owner_id, OLD.value, OLD.currency, OLD.probability, OLD.forecast_category,
      OLD.expected_close, OLD.closed_at, OLD.deleted_at)
    IS DISTINCT FROM (NEW.status, NEW.pipeline_id, NEW.stage_id, NEW.owner_id, NEW.value, NEW.currency, NEW.probability, NEW.forecast_category,
      NEW.expected_close, NEW.closed_at, NEW.deleted_at))
  EXECUTE FUNCTION keep_deal_history();
