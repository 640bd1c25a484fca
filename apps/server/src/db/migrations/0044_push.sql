-- Web Push: which browsers are told, and the key that says who tells them. docs/decisions/0043-push.md.

CREATE TABLE push_keys (
  id                 text COLLATE "C" PRIMARY KEY CHECK (id = 'vapid'),
  public_key         text NOT NULL,
  private_key_sealed text NOT NULL,
  created_at         timestamptz(3) NOT NULL DEFAULT now()
);
COMMENT ON TABLE push_keys IS
  'Platform: the key pair by which push services know this installation (VAPID, RFC 8292). One row, made when the first browser asks; browsers that subscribed with it know no other.';

CREATE TABLE push_devices (
  session_id          uuid PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
  user_id             uuid NOT NULL REFERENCES users,
  endpoint_hash       bytea NOT NULL UNIQUE,
  subscription_sealed text NOT NULL,
  created_at          timestamptz(3) NOT NULL DEFAULT now(),
  pushed_at           timestamptz(3)
);
CREATE INDEX push_devices_user ON push_devices (user_id);
COMMENT ON TABLE push_devices IS
  'Platform: browsers that a person has notifications pushed to. One belongs to a log-in: it is told what happens in the organization that the log-in is in, and nothing once that has ended.';
COMMENT ON COLUMN push_devices.endpoint_hash IS
  'SHA-256 of the address at the push service: a browser is told for one log-in at a time, the last that asked for it.';
COMMENT ON COLUMN push_devices.subscription_sealed IS
  'The address and the keys of the browser: whoever has them may write to it.';

COMMENT ON COLUMN notifications.push_due_at IS
  'When it is pushed to the browsers of the member, unless it has been read by then; later for whoever is at a window that shows it. Null when it is not, or not any more, to be pushed.';
