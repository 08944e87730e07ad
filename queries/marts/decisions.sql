-- What was decided about the code, and how far is it?
-- One row per decision.
--
-- Sources: besluiten
-- Columns
--   besluit_id     decision, the start of its keyed hash
--   datum          day of the decision
--   regel          article it is about; empty = the whole code
--   omschrijving   what was decided
--   eigenaar       who sees to it
--   gereed_voor    when it is to be done
--   status         open, gedaan or vervallen
select
    left(besluit_id, 8) as besluit_id,
    datum,
    regel,
    omschrijving,
    eigenaar,
    gereed_voor,
    status
from besluiten
