-- How many pupils turn 16 in each of the coming months while an answer of this year stands for them?
-- One row per school with pupils (and the group) and month: this month and the twelve after it.
--
-- Counted: who turns 16 after today and has a valid answer of this year for at least one purpose today.
--
-- Parameters
--   $today  date  2026-11-22  the day of the delivery
-- Sources: pupils_today, status_spans, coming_months
-- Columns
--   brin6       school; * = the group
--   maand       month, yyyy-mm
--   leerlingen  pupils
with answered as (
    select place
    from status_spans
    where
        status in ('ja', 'nee', 'ingetrokken', 'conflict')
        and status_from <= $today
        and status_to > $today
    group by place
),

turning as (
    select
        pupils_today.brin6,
        strftime(pupils_today.wordt_16_op, '%Y-%m') as maand,
        count(*) as leerlingen
    from pupils_today
    inner join answered on pupils_today.place = answered.place
    where pupils_today.is_delivered and pupils_today.wordt_16_op > $today
    group by pupils_today.brin6, strftime(pupils_today.wordt_16_op, '%Y-%m')
),

schools as (
    select brin6
    from pupils_today
    group by brin6
)

select
    coalesce(schools.brin6, '*') as brin6,
    coming_months.maand,
    cast(coalesce(sum(turning.leerlingen), 0) as bigint) as leerlingen
from schools
cross join coming_months
left join turning on schools.brin6 = turning.brin6 and coming_months.maand = turning.maand
group by grouping sets ((schools.brin6, coming_months.maand), (coming_months.maand))
