-- On which reference dates had a school delivered its answers?
-- One row per reference date and school that declared a delivery covering that day.
--
-- Sources: leveringen, reference_dates
-- Columns
--   peildatum  reference date
--   brin6      school
select
    reference_dates.peildatum,
    leveringen.brin6
from leveringen
inner join reference_dates on reference_dates.peildatum between leveringen.van and leveringen.tot
where leveringen.dataset = 'toestemmingen'
group by reference_dates.peildatum, leveringen.brin6
