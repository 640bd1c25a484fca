-- Why business is lost: what an organization offers to choose from, and the reason of a lead.

ALTER TABLE leads ADD COLUMN lost_reason text COLLATE "C";
COMMENT ON COLUMN leads.lost_reason IS 'Why it was lost; empty again as soon as it is not lost any more.';

CREATE TABLE lost_reasons (
  organization_id uuid NOT NULL REFERENCES organizations,
  reasons         text[] NOT NULL,
  PRIMARY KEY (organization_id)
);
SELECT protect('lost_reasons');
COMMENT ON TABLE lost_reasons IS
  'What an organization offers as reasons of a loss, in its order; without a row the usual ones hold. Records keep the words themselves.';
