"""The map of the house. Data goes one way, from the top of this page to the bottom.

What a school delivers becomes rows, rows become counts, counts become figures, figures become a page.

    settings.py        where things are; every path may be moved by the environment
    registry/          data/gedragscode.toml: articles, purposes, categories, readings, norms
        model.py         frozen classes
        loading.py       from TOML to the classes
        consistency.py   what is mentioned exists
    access/            who may see what
        audiences.py     for whom figures are published, one name each
        roles.py         data/access.toml: claims of a login to an audience, deny by default
        rights.py        which page is for whom
        provider.py      what is known of the provider to log in with
        door.py          whether a login still counts: how old it is, how long it was idle
        login.py         who is looking, asked at every run
    toml_tables.py     reads TOML so that every complaint names the line
    periods.py         school years, halves, evaluation periods, school days; the day is always an argument
    dutch.py           numbers, days and lists as Dutch readers write them

    exports/           text in, accepted rows and rejected rows with reasons out
        folders.py       which files of a folder are exports
        reading/         bytes to text: encodings, separators, workbooks, Parquet
        contracts.py     the thirteen datasets: columns, keys, what a cell may hold
        schemas.py       one dataframely schema per dataset, with named rules
        profiles.py      data/profiles/*.toml: other headers and values, brought to the contract
        recognising.py   headers to dataset, or what is missing
        parsing.py       a cell's text to its value, strictly
        lexicons.py      every distinct text parsed once
        converting.py    blocks of text to typed rows and breaches
        settling.py      the rules across rows: references, contradictions, known rows
        checking.py      a whole delivery; accounts for every row
        pseudonyms.py    numbers keyed, names dropped
        sample/          the synthetic delivery of the demo

    store/             rows in, immutable snapshots out; nothing else talks to DuckDB
        places.py        how a store lies on disk; files come whole or not at all
        vault.py         rows under pseudonym, append-only; only the import opens it
        surroundings.py  registry, calendar and record of imports, as tables for the questions
        steps.py         questions that build on each other; the first of them lead to every pupil's status
        publishing.py    the vault and queries/ into a whole new snapshot
        carrying.py      counts of rows that were purged, carried over so that history doesn't shrink
        retention.py     rows past their term: found, dropped, and proof written
        log.py           who did what, append-only, in a chain that shows what was taken out
        changing.py      what that changes in the evaluation: another definition, corrected rows, or news
        worklists.py     exports into the list of who has to answer; in memory, and then gone
        snapshots.py     which there are, which one is shown
        questions.py     finds SQL files and runs them; the door to a snapshot's counts

    disclosure/        small numbers: what may be shown to whom, so that nothing hidden can be worked out
        universe.py      what exists for a protected audience: tables, rows, counts
        books.py         writes down which published counts are sums of what
        consent_cells.py, use_cells.py, incident_cells.py   how those counts hang together
        systems.py       counts, their sums, and what everyone knows of them
        protect.py       what has to be hidden, and as little more as that takes; moves.py: what else could be true;
                         parts.py: where that is looked for first
        masking.py       takes hidden counts out of the tables, with every figure made of them
        protection.py    from the tables of the board to those of everyone else
        attack.py        the audit: attacks what is published, by a road of its own; audit_facts.py: what it needs of
                         the registry; audit_sheet.py, audit_bounds.py: counts as unknowns and between which values
                         they lie; audit_consent.py, audit_uses.py, audit_incidents.py, audit_followup.py: how they
                         are linked; audit_shown.py: what may not be shown at all;
                         audit_memory.py: what readers remember of the snapshot before

    indicators/        counts in, figures and sentences out; every rate is made here
        catalogue.py     the published tables: columns, definitions, how counts become figures
        consent.py       coverage
        incidents.py     rates
        intervals.py     between which values a share, a rate, a difference or a ratio may lie
        control_charts.py  limits of chance around a series, and which of its points go further
        false_signals.py   how often a stable series is marked all the same
        funnels.py       limits of chance around the group, and whether schools differ by more
        findings.py      what a series says: which points go further than chance, and what is going on now
        funnel_findings.py  what a funnel says: who lies outside, and how many chance alone would put there
        changes_in_time.py  now beside the same months a year earlier, and what chance alone would do
        side_by_side.py  every indicator of every school, beside the group
        shown.py         what a table holds when part of it is hidden: whether a total may be given, and the mark
        reporting.py     how incidents were reported and followed up: what a count has to be read by
        examples.py      made-up series and schools of which the truth is known, for the lesson on chance
        evaluation.py    every article of the code: its figure, that of the years before, its verdict
        evaluation_findings.py  every article with its rows, the one that says most, and whom of the council it concerns
        comparisons.py   which days, months and periods may be compared, and what is missing
        outlook.py       consent step by step and ahead: where pupils drop out, who turns 16
        sentences/       findings in plain Dutch, made from the same numbers: one module per subject

    protecting.py      the tables of protected audiences, made when a snapshot is published
    viewing.py         the published tables of a snapshot as one audience may see them
    importing.py       one delivery, from files to a published snapshot
    purging.py         what is past its term, out of the vault
    rekeying.py        a new key: a new store from full exports
    processing.py      the register of processing, in Dutch, from what the code does
    serving.py         whether the app may be started on a store
    worklists.py       one delivery, from files to a school's own list of who has to answer
    workbooks.py       sheets that a spreadsheet opens: real types, no formulas, the same bytes
    figures.py         one published table for an audience, as CSV, JSON, Parquet or text
    differences.py     two snapshots side by side, split by cause
    dossiers.py        the dossier of a snapshot for an audience, as a file

    charts/            figures in, chart out
        theme.py         palette, axes and texts that all charts share
        months.py        an axis of months; events.py: what happened, marked on any axis of time
        years.py         school years laid over each other: their names, and a band of events for each
        labels.py        names beside points that hide nothing; lanes.py: words above a stretch of time
        bars.py          bars with their name above them
        coverage.py      schools stacked, purposes then and now, curves of a school year
        missing.py       consent step by step, and what is not in order
        matrix.py        schools beside purposes
        ahead.py         who turns 16, what expires
        uses.py          uses without consent
        trends.py        incidents of two school years, and by what describes them
        control.py       incidents a month between the limits of chance; rare.py: the time between rare ones
        halves.py        half-years beside the same half a year earlier
        followup.py      what was done after incidents; roles.py: who did it to whom
        funnels.py       schools by size, between the limits of chance
        verdicts.py      what of a funnel is drawn, silent or hidden
        strips.py        chosen schools on every indicator; panels.py, multiples.py: every school small, on one scale
        evaluation.py    the clock
        drawing/         a chart as SVG for paper: the same numbers, colours, marks and words as on the screen
            properties.py    what of a figure is drawn; anything else is refused by name
            axes.py          where a value lies; traces.py: what a figure shows; notes.py: lines and words over it
            marks.py         symbols and hatching; keys.py: the legend; words.py: how wide words are; elements.py

    reports/           the evaluation as a paper: one content, four ways to write it
        content.py       what a paper consists of: words, figures, tables and pictures
        evidence.py      everything a dossier is made of, asked once
        dossier.py       the whole, of opening.py, chapters.py and closing.py, with pictures.py and tables.py
        files.py         what all papers have in common as files
        pdf.py           tagged PDF; docx.py, docx_styles.py: Word to fill in; html.py, xlsx.py

    ui/                the frame around the pages
        entrance.py      logging in, no access, and on demo data who to look as
        router.py        the script of every view: navigation, access, shared filters
        ask.py           the cached door to a snapshot
        filters.py       the only session state, bound to the address
        blocks.py        the parts of a page: answer, facts, chart with its table, empty states
        papers.py        sections of a paper on the screen: the sentence first, the rest when asked for
        downloads.py     a table as a file for a Dutch spreadsheet
        server.py        headers, language, compression, error page
    pages/             choose, ask, work out, show: overview.py, consent.py, incidents.py, schools.py, evaluation.py,
                       code.py, deliveries.py; consent.py is made of consent_choice.py, consent_facts.py,
                       consent_schools.py, consent_missing.py, consent_time.py, consent_use.py and
                       consent_readings.py; incidents.py of incidents_choice.py, incidents_series.py,
                       incidents_facts.py, incidents_time.py, incidents_years.py, incidents_registration.py,
                       incidents_subjects.py, incidents_roles.py, incidents_followup.py and incidents_halves.py;
                       schools.py of schools_choice.py, schools_funnels.py, schools_beside.py and schools_time.py;
                       evaluation.py of evaluation_choice.py, evaluation_clock.py, evaluation_papers.py and
                       evaluation_changes.py; chance.py, the lesson with an example to play with, is a part of two pages
    terminal.py        what every command says and shows: help, mistakes, progress
    commands/          what each command does: delivering, showing, auditing, keeping, serving; asking: options
    cli.py             `gedragscode …`

`queries/` holds the SQL: staging (rows in force), ledger (the rules), marts (what a snapshot holds), checks (asked at
every publication), published (what may be asked of a snapshot), worklist (what a school's own administrator has to
collect); `queries/README.md` tells the manner. `data/` holds the registry, the school holidays and
the profiles; `tests/plain_python.py` recomputes every figure slowly.
"""
