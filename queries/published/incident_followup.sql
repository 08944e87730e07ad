-- What was done after incidents, how often and how soon?
-- One row per period and school (and the group) with an incident, and measure.
--
-- Parameters
--   $periode  list of periods   ['2025-08/2026-07']  periods; null = all
--   $brin6    list of schools   ['*', '99XX00']      schools; null = all
--   $maat     list of measures  ['maatregel']        measures; null = all
-- Sources: incident_followup
-- Columns
--   periode  school year, half-year of the code or evaluation period, yyyy-mm/yyyy-mm
--   brin6    school; * = the group
--   maat     measure: a share, or a median of days (dagen_…)
--   teller   incidents of which it was done; empty for a median
--   noemer   incidents of which it could be done; for a median those with a date
--   mediaan  calendar days; empty for a share, and without a date
select
    periode,
    brin6,
    maat,
    teller,
    noemer,
    mediaan
from incident_followup
where
    ($periode is null or periode = any($periode))
    and ($brin6 is null or brin6 = any($brin6))
    and ($maat is null or maat = any($maat))
order by periode, brin6, maat
