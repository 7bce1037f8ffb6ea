package liandong.routing;

import liandong.table.Row;

/** A row of a table that routing consults. */
public sealed interface RoutingRow extends Row
        permits AnswerRow,
                ContextRow,
                CueRow,
                DangerRow,
                DeskRow,
                DutyListRow,
                DutyRow,
                ExampleRow,
                FilingRow,
                KeywordRow,
                NatureRow,
                ReadingRow,
                ReferralRow,
                RelayRow,
                SeverityRow,
                SpellingRow,
                StageRow,
                ThresholdRow,
                UrgencyRow {}
