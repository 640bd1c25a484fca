-- Companies and the people in them. Text is compared in the C collation, which is leakproof, as in leads.

CREATE TABLE companies (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  name            text COLLATE "C" NOT NULL,
  domain          text COLLATE "C",
  website         text COLLATE "C",
  industry        text COLLATE "C",
  email           text COLLATE "C",
  phone           text COLLATE "C",
  country         text COLLATE "C",
  state           text COLLATE "C",
  city            text COLLATE "C",
  address         text COLLATE "C",
  employees       int CHECK (employees >= 0),
  annual_revenue  bigint,
  currency        text COLLATE "C" NOT NULL,
  parent_id       uuid,
  source          text COLLATE "C",
  external_id     text COLLATE "C",
  owner_id        uuid REFERENCES users,
  custom          jsonb NOT NULL DEFAULT '{}',
  version         int NOT NULL DEFAULT 1,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at      timestamptz(3),
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, parent_id) REFERENCES companies (organization_id, id) ON DELETE SET NULL (parent_id)
);
SELECT protect('companies');
COMMENT ON TABLE companies IS 'Organizations that the people work for.';
COMMENT ON COLUMN companies.annual_revenue IS 'Ten-thousandths of the currency unit.';
COMMENT ON COLUMN companies.domain IS 'Without www, in lower case: people with an address there belong to the company.';
CREATE INDEX companies_newest ON companies (organization_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX companies_owner  ON companies (organization_id, owner_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX companies_name   ON companies (organization_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX companies_domain ON companies (organization_id, domain, id) WHERE deleted_at IS NULL AND domain IS NOT NULL;
CREATE INDEX companies_parent ON companies (organization_id, parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX companies_external ON companies (organization_id, external_id) WHERE deleted_at IS NULL AND external_id IS NOT NULL;
CREATE INDEX companies_trash  ON companies (organization_id, deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;

CREATE TABLE contacts (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  full_name       text COLLATE "C" NOT NULL,
  position        text COLLATE "C",
  company_id      uuid,
  email           text COLLATE "C",
  emails          text[] NOT NULL DEFAULT '{}',
  phone           text COLLATE "C",
  mobile          text COLLATE "C",
  phones          text[] NOT NULL DEFAULT '{}',
  linkedin        text COLLATE "C",
  country         text COLLATE "C",
  state           text COLLATE "C",
  city            text COLLATE "C",
  time_zone       text COLLATE "C",
  source          text COLLATE "C",
  external_id     text COLLATE "C",
  owner_id        uuid REFERENCES users,
  custom          jsonb NOT NULL DEFAULT '{}',
  version         int NOT NULL DEFAULT 1,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at      timestamptz(3),
  erased_at       timestamptz(3),
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, company_id) REFERENCES companies (organization_id, id) ON DELETE SET NULL (company_id)
);
SELECT protect('contacts');
COMMENT ON TABLE contacts IS 'People that the team knows.';
COMMENT ON COLUMN contacts.emails IS 'Further addresses, beside the first one in email.';
COMMENT ON COLUMN contacts.phones IS 'Further numbers in E.164, beside phone and mobile.';
COMMENT ON COLUMN contacts.erased_at IS 'When the person was erased; the record stays for the counts of reports.';
CREATE INDEX contacts_newest  ON contacts (organization_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX contacts_owner   ON contacts (organization_id, owner_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX contacts_name    ON contacts (organization_id, full_name, id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_email   ON contacts (organization_id, email, id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_company ON contacts (organization_id, company_id, full_name, id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_external ON contacts (organization_id, external_id) WHERE deleted_at IS NULL AND external_id IS NOT NULL;
CREATE INDEX contacts_trash   ON contacts (organization_id, deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;

-- The people around a lead: several, each with a part.
CREATE TABLE lead_contacts (
  organization_id uuid NOT NULL,
  lead_id         uuid NOT NULL,
  contact_id      uuid NOT NULL,
  part            text,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, lead_id, contact_id),
  FOREIGN KEY (organization_id, lead_id) REFERENCES leads (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, contact_id) REFERENCES contacts (organization_id, id) ON DELETE CASCADE
);
SELECT protect('lead_contacts');
COMMENT ON TABLE lead_contacts IS 'Contacts of a lead, with the part each has in it: decision maker, user …';
CREATE INDEX lead_contacts_contact ON lead_contacts (organization_id, contact_id);
