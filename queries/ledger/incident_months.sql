-- Which months make up the series of incidents, and which schools delivered them in full?
-- One row per month with school days and school.
--
-- The series starts at the first month that at least one school delivered in full. Delivered in full:
-- every school day of the month is covered by some declared delivery; of the running month the days up to
-- today.
--
-- Sources: school_days, leveringen, scholen
-- Columns
--   maand         month, yyyy-mm
--   brin6         school
--   lesdagen      school days
--   aangeleverd   whether the school delivered the month in full
with months as (
    select
        maand,
        count(*) as lesdagen
    from school_days
    group by maand
),

covered_days as (
    select
        school_days.maand,
        school_days.dag,
        leveringen.brin6
    from school_days
    inner join leveringen on school_days.dag between leveringen.van and leveringen.tot
    where leveringen.dataset = 'incidenten'
    group by school_days.maand, school_days.dag, leveringen.brin6
),

delivered as (
    select
        months.maand,
        covered_days.brin6
    from covered_days
    inner join months on covered_days.maand = months.maand
    group by months.maand, covered_days.brin6, months.lesdagen
    having count(*) = months.lesdagen
),

series as (
    select min(maand) as first_month
    from delivered
)

select
    months.maand,
    scholen.brin6,
    months.lesdagen,
    delivered.brin6 is not null as aangeleverd
from months
inner join series on months.maand >= series.first_month
cross join scholen
left join delivered on months.maand = delivered.maand and scholen.brin6 = delivered.brin6
