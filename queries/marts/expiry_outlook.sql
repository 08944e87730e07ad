-- How many of today's pupils have a valid answer now, and how many still on the next 1 September?
-- One row per school with pupils (and the group) and purpose.
--
-- With the answers known today, as the code reads them. Pupils of whom nothing was delivered are in neither.
--
-- Sources: statuses_at_moments, readings
-- Columns
--   brin6                school; * = the group
--   doel                 purpose
--   leerlingen           pupils enrolled today
--   geldig_nu            pupils with a valid answer, yes or no, today
--   nodig_nu             pupils without a valid answer today
--   geldig_1_september   pupils whose answer is still valid on the next 1 September
--   nodig_1_september    pupils who need a new answer by then
with judged as (
    select
        statuses_at_moments.brin6,
        statuses_at_moments.doel,
        statuses_at_moments.leerlingen,
        statuses_at_moments.moment = 'vandaag' as is_now,
        readings.uitkomst in ('ja', 'nee') as is_valid,
        readings.uitkomst = 'ongeldig' as is_needed
    from statuses_at_moments
    inner join readings on statuses_at_moments.status = readings.status
    where statuses_at_moments.is_set and readings.lezing = 'code'
)

select
    coalesce(brin6, '*') as brin6,
    doel,
    cast(coalesce(sum(leerlingen) filter (where is_now), 0) as bigint) as leerlingen,
    cast(coalesce(sum(leerlingen) filter (where is_now and is_valid), 0) as bigint) as geldig_nu,
    cast(coalesce(sum(leerlingen) filter (where is_now and is_needed), 0) as bigint) as nodig_nu,
    cast(coalesce(sum(leerlingen) filter (where not is_now and is_valid), 0) as bigint) as geldig_1_september,
    cast(coalesce(sum(leerlingen) filter (where not is_now and is_needed), 0) as bigint) as nodig_1_september
from judged
group by grouping sets ((brin6, doel), (doel))
