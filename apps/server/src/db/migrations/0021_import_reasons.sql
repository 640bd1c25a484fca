-- Reasons that each reader gets in their own language.
ALTER TABLE import_errors ADD COLUMN reasons jsonb;
COMMENT ON COLUMN import_errors.reasons IS
  'What is wrong, as codes with what they are about: [{column, subject, code, params}]. Null in rows of before, whose message is all that is known.';
COMMENT ON COLUMN import_errors.message IS 'The reasons in English.';
