-- Who did what to whom: how many incidents were there between which roles?
-- One row per period, school (and the group) and pair of roles that occurs.
--
-- Every counted incident of the period, whether or not its month was declared delivered.
--
-- Sources: incidenten, periods
-- Columns
--   periode       school year, half-year of the code or evaluation period, yyyy-mm/yyyy-mm
--   brin6         school; * = the group
--   veroorzaker   who caused it; onbekend = left empty
--   getroffene    who was affected; onbekend = left empty
--   incidenten    incidents
with counted as (
    select
        periods.periode,
        incidenten.brin6,
        coalesce(incidenten.veroorzaker, 'onbekend') as veroorzaker,
        coalesce(incidenten.getroffene, 'onbekend') as getroffene
    from incidenten
    inner join periods on incidenten.datum between periods.first_day and periods.last_day
    where coalesce(incidenten.reikwijdte, 'school') <> 'buiten'
)

select
    periode,
    coalesce(brin6, '*') as brin6,
    veroorzaker,
    getroffene,
    count(*) as incidenten
from counted
group by grouping sets ((periode, brin6, veroorzaker, getroffene), (periode, veroorzaker, getroffene))
