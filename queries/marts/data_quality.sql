-- What did each school deliver of each dataset, when, and over which period?
-- One row per school and dataset that ever had an accepted or refused row, or was declared as delivered.
--
-- brin6 * holds the rows without a school: it is no total.
--
-- Sources: held_rows, declared_rows, rows_in_force, leveringen
-- Columns
--   brin6              school; * = rows without a (known) school
--   dataset            dataset of the contract
--   laatste_levering   day of the last import that held such a row
--   van                first day: declared where the dataset is declared, else the first date in the rows
--   tot                last day, likewise
--   rijen              rows in force after corrections
--   afgewezen          rows refused in that last import
with held as (
    select levering, today, brin6, dataset, afgewezen from held_rows
    union all
    select levering, today, brin6, dataset, 0 as afgewezen from declared_rows
),

last_held as (
    select
        brin6,
        dataset,
        max(levering) as levering
    from held
    group by brin6, dataset
),

last_import as (
    select
        held.brin6,
        held.dataset,
        max(held.today) as laatste_levering,
        cast(sum(held.afgewezen) as bigint) as afgewezen
    from held
    inner join last_held
        on
            held.brin6 = last_held.brin6
            and held.dataset = last_held.dataset
            and held.levering = last_held.levering
    group by held.brin6, held.dataset
),

declared as (
    select
        brin6,
        dataset,
        min(van) as van,
        max(tot) as tot
    from leveringen
    group by brin6, dataset
)

select
    last_import.brin6,
    last_import.dataset,
    last_import.laatste_levering,
    coalesce(declared.van, rows_in_force.van) as van,
    coalesce(declared.tot, rows_in_force.tot) as tot,
    coalesce(rows_in_force.rijen, 0) as rijen,
    last_import.afgewezen
from last_import
left join declared on last_import.brin6 = declared.brin6 and last_import.dataset = declared.dataset
left join rows_in_force
    on last_import.brin6 = rows_in_force.brin6 and last_import.dataset = rows_in_force.dataset
