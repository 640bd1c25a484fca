-- One reminder of a message for each member: asking again changes when. docs/decisions/0044-reminders-and-rights.md.

-- Of those that stand twice the one that was asked for last counts. Forced row security would hide them from their owner, too.
ALTER TABLE chat_reminders NO FORCE ROW LEVEL SECURITY;
DELETE FROM chat_reminders r USING chat_reminders later
WHERE later.organization_id = r.organization_id AND later.user_id = r.user_id AND later.message_id = r.message_id
  AND (later.created_at, later.id) > (r.created_at, r.id);
ALTER TABLE chat_reminders FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX chat_reminders_once ON chat_reminders (organization_id, user_id, message_id);
