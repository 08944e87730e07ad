-- What was decided about the code, and how far is it?
-- One row per decision.
--
-- Parameters
--   $regel  list of articles  ['IV.M.8']  articles; null = all, and what is about the whole code
-- Sources: decisions
-- Columns
--   besluit_id     decision, the start of its keyed hash
--   datum          day of the decision
--   regel          article it is about; empty = the whole code
--   omschrijving   what was decided
--   eigenaar       who sees to it
--   gereed_voor    when it is to be done
--   status         open, gedaan or vervallen
select
    besluit_id,
    datum,
    regel,
    omschrijving,
    eigenaar,
    gereed_voor,
    status
from decisions
where ($regel is null or regel = any($regel))
order by datum, besluit_id
