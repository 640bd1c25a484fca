-- What became of converted leads. A lead is converted at most once at a time; taking it back takes the row away, and
-- timeline and audit log remember both.

CREATE TABLE conversions (
  organization_id uuid NOT NULL,
  lead_id         uuid NOT NULL,
  company_id      uuid,
  contact_id      uuid,
  deal_id         uuid,
  made            text[] NOT NULL DEFAULT '{}',
  linked          boolean NOT NULL,
  status_before   text NOT NULL,
  converted_by    uuid REFERENCES users,
  converted_at    timestamptz(3) NOT NULL DEFAULT now(),
  activity_id     uuid NOT NULL,
  PRIMARY KEY (organization_id, lead_id),
  FOREIGN KEY (organization_id, lead_id) REFERENCES leads (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, company_id) REFERENCES companies (organization_id, id) ON DELETE SET NULL (company_id),
  FOREIGN KEY (organization_id, contact_id) REFERENCES contacts (organization_id, id) ON DELETE SET NULL (contact_id),
  FOREIGN KEY (organization_id, deal_id) REFERENCES deals (organization_id, id) ON DELETE SET NULL (deal_id)
);
SELECT protect('conversions');
COMMENT ON TABLE conversions IS 'Which company, contact and deal a lead became.';
COMMENT ON COLUMN conversions.made IS 'Which of them were made for it: company, contact, deal. The others were there before.';
COMMENT ON COLUMN conversions.linked IS 'Whether the contact was linked to the lead by it.';
COMMENT ON COLUMN conversions.activity_id IS 'The fact on the timeline of the lead: whatever was done later has a greater id.';
CREATE INDEX conversions_company ON conversions (organization_id, company_id) WHERE company_id IS NOT NULL;
CREATE INDEX conversions_contact ON conversions (organization_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX conversions_deal    ON conversions (organization_id, deal_id) WHERE deal_id IS NOT NULL;
