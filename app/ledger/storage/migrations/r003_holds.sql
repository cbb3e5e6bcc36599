-- The day up to which a hold was meant: it does not end by itself then, but it is shown as past.
ALTER TABLE savings_hold ADD COLUMN until TEXT;
