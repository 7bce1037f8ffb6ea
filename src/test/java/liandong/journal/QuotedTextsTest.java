package liandong.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.incident.Area;
import liandong.replay.Replay;
import liandong.replay.Replayed.Result;
import liandong.stock.Stock;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.Json;
import liandong.wire.PendingResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that quote what a citizen wrote, kept. */
class QuotedTextsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T08:30:00Z"), ZoneOffset.UTC);
    private static final byte[] KEY = new byte[32];

    @ParameterizedTest
    @EnumSource(names = {"MASKED", "ENCRYPTED"})
    void what_an_answer_quotes_of_the_text_is_hidden_as_the_text_is(Personal.How how) throws Exception {
        String words = "我叫王小明，李四家门口的路灯不亮。";
        String area = Stock.shangcheng().vocabulary().all(Area.class).get(0).code();
        String report = """
                {"incident":{"id":"SC-2026-000123","reportedAt":"2026-11-20T16:30:00+08:00","source":"GRID",
                 "area":"%s","text":"%s另外隔壁张三晚上打麻将吵得人睡不着。"}}
                """.formatted(area, words);
        Personal personal = how == Personal.How.MASKED
                ? Personal.masked(Personal.FIELDS)
                : Personal.encrypted(Personal.FIELDS, KEY);
        try (Database database = Stores.SQLITE.open()) {
            PendingResponse reply;
            try (Journal journal = Journal.in(database, Keeping.REQUIRED, personal, CLOCK, "liandong test")) {
                reply = journal.keep(
                        new DecisionService(Stock::shangcheng, CLOCK).decide(Decide.ROUTING, Json.read(report)), "");
                reply.receipt().await();
            }
            Entry entry = new Archive(database)
                    .oldest(DecisionQuery.ALL, null, 10)
                    .entries()
                    .get(0);

            assertThat(reply.json()).as("the answer quotes").contains("\"text\":\"" + words + "\"");
            assertThat(entry.toString()).doesNotContain("李四").doesNotContain("张三");
            Set<String> ofText = RowsOfText.of(Stock.shangcheng()).ids();
            assertThat(named(reply.json()))
                    .as("rows that were found by the text")
                    .containsAnyElementsOf(ofText);
            assertThat(named(entry.answer() + entry.marks())).doesNotContainAnyElementsOf(ofText);
            assertThat(entry.marks()).as("rows that were found otherwise").anyMatch(mark -> mark.startsWith("row "));
            assertThat(personal.answer(entry).equals(reply.json())).isEqualTo(how == Personal.How.ENCRYPTED);
            assertThat(Verification.of(database, Map.of(), read -> {}).good()).isTrue();
            assertThat(new Replay(version -> Stock.shangcheng(), personal)
                            .of(entry)
                            .result())
                    .isEqualTo(how == Personal.How.ENCRYPTED ? Result.SAME : Result.IMPOSSIBLE);
        }
    }

    /** Whatever in a text looks like the id of a row. */
    private static List<String> named(String text) {
        return Pattern.compile("[A-Z]+-[0-9]+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
