-- How many incidents did each school report over delivered months, among how many pupil days, beside the whole group?
-- One row per period and school with pupil days in delivered months.
--
-- Parameters
--   $periode  list of periods  ['2025-08/2026-07']  periods; null = all
--   $brin6    list of schools  ['*', '99XX00']      schools; null = all
-- Sources: incident_funnel
-- Columns
--   periode              school year, half-year of the code or evaluation period, yyyy-mm/yyyy-mm
--   brin6                school
--   incidenten           counted incidents
--   persoonsdagen        pupils times school days
--   groep_incidenten     incidents of all those schools
--   groep_persoonsdagen  pupil days of all those schools
select
    periode,
    brin6,
    incidenten,
    persoonsdagen,
    groep_incidenten,
    groep_persoonsdagen
from incident_funnel
where
    ($periode is null or periode = any($periode))
    and ($brin6 is null or brin6 = any($brin6))
order by periode, brin6
