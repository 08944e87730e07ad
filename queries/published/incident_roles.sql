-- Who did what to whom: how many incidents were there between which roles?
-- One row per period, school (and the group) and pair of roles that occurs.
--
-- Parameters
--   $periode  list of periods  ['2025-08/2026-07']  periods; null = all
--   $brin6    list of schools  ['*', '99XX00']      schools; null = all
-- Sources: incident_roles
-- Columns
--   periode      school year, half-year of the code or evaluation period, yyyy-mm/yyyy-mm
--   brin6        school; * = the group
--   veroorzaker  who caused it; onbekend = left empty
--   getroffene   who was affected; onbekend = left empty
--   incidenten   incidents
select
    periode,
    brin6,
    veroorzaker,
    getroffene,
    incidenten
from incident_roles
where
    ($periode is null or periode = any($periode))
    and ($brin6 is null or brin6 = any($brin6))
order by periode, brin6, veroorzaker, getroffene
