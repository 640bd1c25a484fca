-- Deals, what they are about, and what is sold. Text is compared in the C collation, which is leakproof, as in leads.

ALTER TABLE stages ADD COLUMN required_fields text[] NOT NULL DEFAULT '{}';
ALTER TABLE stages ADD COLUMN rotting_days int CHECK (rotting_days > 0);
COMMENT ON COLUMN stages.required_fields IS 'Names of fields that must have a value before a record may enter.';
COMMENT ON COLUMN stages.rotting_days IS 'Days in the stage after which a record counts as forgotten; null for never.';

CREATE TABLE deals (
  organization_id  uuid NOT NULL REFERENCES organizations,
  id               uuid NOT NULL,
  name             text COLLATE "C" NOT NULL,
  company_id       uuid,
  status           text COLLATE "C" NOT NULL CHECK (status IN ('open', 'won', 'lost')),
  pipeline_id      uuid NOT NULL,
  stage_id         uuid NOT NULL,
  stage_entered_at timestamptz(3) NOT NULL DEFAULT now(),
  rank             text COLLATE "C" NOT NULL,
  value            bigint,
  currency         text COLLATE "C" NOT NULL,
  probability      int CHECK (probability BETWEEN 0 AND 100),
  expected_close   date,
  closed_at        timestamptz(3),
  lost_reason      text COLLATE "C",
  source           text COLLATE "C",
  external_id      text COLLATE "C",
  description      text COLLATE "C",
  owner_id         uuid REFERENCES users,
  custom           jsonb NOT NULL DEFAULT '{}',
  version          int NOT NULL DEFAULT 1,
  created_by       uuid REFERENCES users,
  created_at       timestamptz(3) NOT NULL DEFAULT now(),
  updated_at       timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at       timestamptz(3),
  PRIMARY KEY (organization_id, id),
  CHECK ((status = 'open') = (closed_at IS NULL)),
  FOREIGN KEY (organization_id, pipeline_id, stage_id) REFERENCES stages (organization_id, pipeline_id, id),
  FOREIGN KEY (organization_id, company_id) REFERENCES companies (organization_id, id) ON DELETE SET NULL (company_id)
);
SELECT protect('deals');
COMMENT ON TABLE deals IS 'Business that may be won: what it is worth, with whom, and how far it has come.';
COMMENT ON COLUMN deals.status IS 'Follows the type of the stage.';
COMMENT ON COLUMN deals.value IS 'Ten-thousandths of the currency unit; the net total of the line items where there are any.';
COMMENT ON COLUMN deals.probability IS 'Percent; null where that of the stage counts.';
COMMENT ON COLUMN deals.rank IS 'Place in the column of the board: a fractional index, smaller is higher.';
CREATE INDEX deals_newest   ON deals (organization_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX deals_status   ON deals (organization_id, status, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX deals_owner    ON deals (organization_id, owner_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX deals_board    ON deals (organization_id, stage_id, rank, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_company  ON deals (organization_id, company_id, status, currency) WHERE deleted_at IS NULL;
CREATE INDEX deals_name     ON deals (organization_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_value    ON deals (organization_id, value DESC NULLS LAST, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX deals_expected ON deals (organization_id, expected_close, id) WHERE deleted_at IS NULL;
CREATE INDEX deals_external ON deals (organization_id, external_id) WHERE deleted_at IS NULL AND external_id IS NOT NULL;
CREATE INDEX deals_trash    ON deals (organization_id, deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;
CREATE INDEX deals_stage    ON deals (organization_id, stage_id);

CREATE TABLE deal_contacts (
  organization_id uuid NOT NULL,
  deal_id         uuid NOT NULL,
  contact_id      uuid NOT NULL,
  part            text,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, deal_id, contact_id),
  FOREIGN KEY (organization_id, deal_id) REFERENCES deals (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, contact_id) REFERENCES contacts (organization_id, id) ON DELETE CASCADE
);
SELECT protect('deal_contacts');
COMMENT ON TABLE deal_contacts IS 'Contacts of a deal, with the part each has in it.';
CREATE INDEX deal_contacts_contact ON deal_contacts (organization_id, contact_id);

CREATE TABLE products (
  organization_id uuid NOT NULL REFERENCES organizations,
  id              uuid NOT NULL,
  name            text COLLATE "C" NOT NULL,
  code            text COLLATE "C",
  description     text COLLATE "C",
  price           bigint,
  currency        text COLLATE "C" NOT NULL,
  tax_rate        float8 CHECK (tax_rate BETWEEN 0 AND 100),
  unit            text COLLATE "C",
  status          text COLLATE "C" NOT NULL DEFAULT 'active',
  custom          jsonb NOT NULL DEFAULT '{}',
  version         int NOT NULL DEFAULT 1,
  created_by      uuid REFERENCES users,
  created_at      timestamptz(3) NOT NULL DEFAULT now(),
  updated_at      timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at      timestamptz(3),
  PRIMARY KEY (organization_id, id)
);
SELECT protect('products');
COMMENT ON TABLE products IS 'What the organization sells. They belong to nobody in particular, so they have no owner.';
COMMENT ON COLUMN products.price IS 'Of one unit, in ten-thousandths of the currency unit, without tax.';
COMMENT ON COLUMN products.tax_rate IS 'Percent.';
COMMENT ON COLUMN products.status IS 'Whether it can be offered: active or retired.';
CREATE INDEX products_newest ON products (organization_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX products_name   ON products (organization_id, name, id) WHERE deleted_at IS NULL;
CREATE INDEX products_code   ON products (organization_id, code, id) WHERE deleted_at IS NULL AND code IS NOT NULL;
CREATE INDEX products_trash  ON products (organization_id, deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;

CREATE TABLE line_items (
  organization_id  uuid NOT NULL,
  deal_id          uuid NOT NULL,
  id               uuid NOT NULL,
  product_id       uuid,
  name             text NOT NULL,
  description      text,
  quantity         bigint NOT NULL CHECK (quantity >= 0),
  unit             text,
  unit_price       bigint NOT NULL CHECK (unit_price >= 0),
  discount_percent int NOT NULL DEFAULT 0 CHECK (discount_percent BETWEEN 0 AND 1000000),
  tax_percent      int NOT NULL DEFAULT 0 CHECK (tax_percent BETWEEN 0 AND 1000000),
  position         int NOT NULL,
  created_at       timestamptz(3) NOT NULL DEFAULT now(),
  updated_at       timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, deal_id, id),
  FOREIGN KEY (organization_id, deal_id) REFERENCES deals (organization_id, id) ON DELETE CASCADE,
  FOREIGN KEY (organization_id, product_id) REFERENCES products (organization_id, id) ON DELETE SET NULL (product_id)
);
SELECT protect('line_items');
COMMENT ON TABLE line_items IS
  'What a deal is about, line by line. Name and price are kept as they were offered, whatever becomes of the product. Quantity, price and percents are in ten-thousandths.';
CREATE INDEX line_items_product ON line_items (organization_id, product_id) WHERE product_id IS NOT NULL;

-- Every organization has a pipeline for deals; new ones get it when they are founded.
DO $$
DECLARE
  founded record;
  pipeline uuid;
BEGIN
  FOR founded IN
    SELECT o.id, coalesce((
      SELECT u.language FROM memberships m JOIN users u ON u.id = m.user_id
      WHERE m.organization_id = o.id AND m.role = 'owner' ORDER BY m.created_at LIMIT 1), 'en') = 'pt-BR' AS in_portuguese
    FROM organizations o
  LOOP
    PERFORM set_config('rapport.organization_id', founded.id::text, true);
    pipeline := gen_random_uuid();
    INSERT INTO pipelines (organization_id, id, object, name, is_default)
    VALUES (founded.id, pipeline, 'deal', CASE WHEN founded.in_portuguese THEN 'Negócios' ELSE 'Deals' END, true);
    INSERT INTO stages (organization_id, id, pipeline_id, name, color, type, probability, position)
    SELECT founded.id, gen_random_uuid(), pipeline, CASE WHEN founded.in_portuguese THEN s.pt ELSE s.en END,
      s.color, s.type, s.probability, s.position
    FROM (VALUES
      ('Qualification', 'Qualificação', 'slate', 'open', 10, 0),
      ('Proposal', 'Proposta', 'blue', 'open', 40, 1),
      ('Negotiation', 'Negociação', 'violet', 'open', 70, 2),
      ('Won', 'Ganho', 'green', 'won', 100, 3),
      ('Lost', 'Perdido', 'red', 'lost', 0, 4)
    ) AS s (en, pt, color, type, probability, position);
  END LOOP;
  PERFORM set_config('rapport.organization_id', '', true);
END $$;
