-- What an organization has switched off, and what the operator sets while the servers run.
-- docs/decisions/0015-operations.md.

CREATE TABLE feature_flags (
  organization_id uuid NOT NULL REFERENCES organizations,
  feature         text NOT NULL,
  enabled         boolean NOT NULL,
  changed_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, feature)
);
SELECT protect('feature_flags');
COMMENT ON TABLE feature_flags IS
  'Parts of the product that an organization has switched; a feature without a row is on.';
COMMENT ON COLUMN feature_flags.feature IS
  'One of features in packages/contracts/src/features.ts; a name that is no longer known there is ignored.';

CREATE TABLE operator_settings (
  only_row           boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  maintenance_notice text,
  maintenance_since  timestamptz(3),
  log_level          text CHECK (log_level IN ('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent')),
  changed_at         timestamptz(3) NOT NULL DEFAULT now(),
  CHECK ((maintenance_notice IS NULL) = (maintenance_since IS NULL))
);
INSERT INTO operator_settings DEFAULT VALUES;
COMMENT ON TABLE operator_settings IS
  'Platform: one row of what the operator sets for all processes of the installation; each of them looks every two seconds.';
COMMENT ON COLUMN operator_settings.maintenance_notice IS
  'Read-only mode is on when this is not null; an empty text stands for the usual notice.';
COMMENT ON COLUMN operator_settings.log_level IS 'Instead of LOG_LEVEL; null leaves it to the environment.';
