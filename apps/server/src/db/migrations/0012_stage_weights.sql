-- Records with a probability of their own count by it in the weighted value of a stage.
ALTER TABLE stage_totals ADD COLUMN own_value numeric NOT NULL DEFAULT 0;
ALTER TABLE stage_totals ADD COLUMN own_weighted numeric NOT NULL DEFAULT 0;
COMMENT ON COLUMN stage_totals.own_value IS 'The part of value whose records have a probability of their own.';
COMMENT ON COLUMN stage_totals.own_weighted IS 'That part times its probabilities: ten-thousandths × percent.';
