-- How many incidents did each school report over delivered months, among how many pupil days, beside the whole group?
-- One row per period and school with pupil days in delivered months.
--
-- A month counts in the period in which its first day lies.
--
-- Sources: incidents_monthly, periods
-- Columns
--   periode               school year, half-year of the code or evaluation period, yyyy-mm/yyyy-mm
--   brin6                 school
--   incidenten            counted incidents
--   persoonsdagen         pupils times school days
--   groep_incidenten      incidents of all those schools
--   groep_persoonsdagen   pupil days of all those schools
with delivered as (
    select
        brin6,
        cast(maand || '-01' as date) as first_day,
        incidenten,
        leerlingen * lesdagen as persoonsdagen
    from incidents_monthly
    where aangeleverd and brin6 <> '*'
),

by_school as (
    select
        periods.periode,
        delivered.brin6,
        cast(sum(delivered.incidenten) as bigint) as incidenten,
        cast(sum(delivered.persoonsdagen) as bigint) as persoonsdagen
    from delivered
    inner join periods on delivered.first_day between periods.first_day and periods.last_day
    group by periods.periode, delivered.brin6
    having sum(delivered.persoonsdagen) > 0
)

select
    periode,
    brin6,
    incidenten,
    persoonsdagen,
    cast(sum(incidenten) over (partition by periode) as bigint) as groep_incidenten,
    cast(sum(persoonsdagen) over (partition by periode) as bigint) as groep_persoonsdagen
from by_school
