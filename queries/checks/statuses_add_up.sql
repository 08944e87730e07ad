-- Where do the statuses of a school not add up to its pupils?
-- One row per reference date, school and purpose where they don't: none, or the figures are wrong.
--
-- Sources: consent_status, enrolled
-- Columns
--   peildatum   reference date
--   brin6       school
--   doel        purpose
--   leerlingen  pupils in all statuses together
select
    consent_status.peildatum,
    consent_status.brin6,
    consent_status.doel,
    sum(consent_status.leerlingen) as leerlingen
from consent_status
left join enrolled
    on consent_status.peildatum = enrolled.dag and consent_status.brin6 = enrolled.brin6
where consent_status.brin6 <> '*'
group by consent_status.peildatum, consent_status.brin6, consent_status.doel
having
    sum(consent_status.leerlingen) <> coalesce(max(enrolled.leerlingen), 0)
    or min(consent_status.leerlingen) < 0
