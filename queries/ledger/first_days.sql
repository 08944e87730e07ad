-- From which days on is there something to count?
-- One row per publication.
--
-- Sources: toestemmingen, leveringen, incidenten
-- Columns
--   eerste_antwoord   first dated answer; empty = none
--   eerste_levering   first day declared as delivered for incidents; empty = none
--   eerste_incident   first incident; empty = none
select
    (select min(datum) from toestemmingen) as eerste_antwoord,
    (
        select min(van) from leveringen
        where dataset = 'incidenten'
    ) as eerste_levering,
    (select min(datum) from incidenten) as eerste_incident
