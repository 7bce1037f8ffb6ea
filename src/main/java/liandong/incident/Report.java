package liandong.incident;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One report as received and not yet judged (上报).
 *
 * <p>Immutable: a rule concludes by inserting a finding, never by changing the report.
 *
 * @param id the caller's reference, opaque, 1–64 characters
 * @param reportedAt when the centre received it
 * @param source who brought it
 * @param area the finest area known
 * @param text the report in the reporter's words, up to 20,000 characters; empty when there are none
 * @param eventType the event type the caller has settled on; null when the rules are to find it
 * @param category the category the caller has settled on; null when unknown
 * @param residentsOnly whether only residents or neighbours are concerned
 * @param settled whether the grid has settled it already
 * @param lifeInDanger whether a life is in danger now
 * @param elsewhere whether the matter lies outside the district
 * @param sameAs the id of an open incident about the same matter; null when there is none
 * @param deaths persons killed
 * @param injured persons seriously injured or poisoned
 * @param loss direct loss in million yuan
 * @param people number of persons concerned
 * @param gathering size of the gathering; 0 when nobody has gathered
 * @param hazardLevel how grave a hazard is that nobody has come to harm by (隐患等级), as its finder rates it; null when
 *     not rated
 * @param emergencyLevel how grave an emergency is (突发事件等级), as declared by who may; null when none is declared
 * @param nature what the reporter wants, when the caller has settled on it; null when the rules are to find it
 * @param choice what a person has decided about it; null when nobody has
 */
public record Report(
        @Member(
                label = "事件编号 Incident id",
                meaning = "the caller's reference, opaque, 1–64 characters",
                example = "\"SC-2026-000123\"")
        @Bounds(min = 1, max = 64)
        String id,

        @Member(label = "上报时间 Reported at", meaning = "when the centre received it")
        OffsetDateTime reportedAt,

        @Member(meaning = "who brought it") @Column("来源 Source")
        Source source,

        @Member(meaning = "the finest area known") @Column("区域 Area")
        Area area,

        @Member(
                label = "正文 Text",
                meaning = "the report in the reporter's words, up to 20,000 characters; empty when there are none",
                example = "\"楼上漏水，与邻居争执三个月\"")
        @Column("正文含 Text contains")
        @Bounds(max = 20_000)
        String text,

        @Member(
                label = "事项 Event type",
                meaning = "the event type the caller has settled on; absent when the rules are to find it")
        @Nullable
        EventType eventType,

        @Member(label = "类别 Category", meaning = "the category the caller has settled on; absent when unknown")
        @Nullable
        Category category,

        @Member(meaning = "whether only residents or neighbours are concerned") @Column("仅涉居民 Residents only")
        boolean residentsOnly,

        @Member(meaning = "whether the grid has settled it already") @Column("网格已处置 Settled by grid")
        boolean settled,

        @Member(meaning = "whether a life is in danger now") @Column("危及生命 Life in danger")
        boolean lifeInDanger,

        @Member(meaning = "whether the matter lies outside the district") @Column("辖区外 Elsewhere")
        boolean elsewhere,

        @Member(
                label = "在办件 Same as",
                meaning = "the id of an open incident about the same matter; absent when there is none",
                example = "\"SC-2026-000101\"")
        @Bounds(min = 1, max = 64)
        @Nullable
        String sameAs,

        @Member(meaning = "persons killed") @Column("死亡人数 Deaths") @Bounds(max = 1_000_000)
        int deaths,

        @Member(meaning = "persons seriously injured or poisoned") @Column("重伤人数 Injured") @Bounds(max = 1_000_000)
        int injured,

        @Member(meaning = "direct loss in million yuan") @Column("损失（百万元） Loss (million yuan)") @Bounds(max = 1_000_000)
        BigDecimal loss,

        @Member(meaning = "number of persons concerned") @Column("人数 People") @Bounds(max = 10_000_000)
        int people,

        @Member(meaning = "size of the gathering; 0 when nobody has gathered")
        @Column("聚集人数 Gathering")
        @Bounds(max = 10_000_000)
        int gathering,

        @Member(
                meaning =
                        "how grave a hazard is that nobody has come to harm by, as its finder rates it; absent when not"
                                + " rated")
        @Column("隐患等级 Hazard level")
        @Nullable
        Severity hazardLevel,

        @Member(meaning = "how grave an emergency is, as declared by who may; absent when none is declared")
        @Column("突发事件等级 Emergency level")
        @Nullable
        Severity emergencyLevel,

        @Member(
                label = "诉求性质 Nature",
                meaning =
                        "what the reporter wants, when the caller has settled on it; absent when the rules are to find it")
        @Nullable
        Nature nature,

        @Member(
                meaning = "what a person has decided about it, after MANUAL_TRIAGE or instead of the rules; absent when"
                        + " nobody has")
        @Nullable
        Choice choice) {
    /** The same report with what has been settled since: what it is about, and what the reporter wants. */
    public Report settled(@Nullable EventType about, @Nullable Nature wanted) {
        return new Report(
                id,
                reportedAt,
                source,
                area,
                text,
                about == null ? eventType : about,
                category,
                residentsOnly,
                settled,
                lifeInDanger,
                elsewhere,
                sameAs,
                deaths,
                injured,
                loss,
                people,
                gathering,
                hazardLevel,
                emergencyLevel,
                wanted == null ? nature : wanted,
                choice);
    }

    /** How many characters its text has. */
    @Column("正文字数 Text length")
    @Bounds(max = 20_000)
    public int textLength() {
        return text.length();
    }

    /** The day on which the centre received it, in the zone of the policy, to which its times are brought. */
    @Column("上报日期 Report day")
    public LocalDate reportDay() {
        return reportedAt.toLocalDate();
    }

    /** The weekday on which the centre received it. */
    @Column("上报星期 Report weekday")
    public Weekday reportWeekday() {
        return Weekday.of(reportedAt.getDayOfWeek());
    }

    /** The full hour at which the centre received it, 0 to 23: 17 until 17:59. */
    @Column("上报时刻 Report hour")
    @Bounds(max = 23)
    public int reportHour() {
        return reportedAt.getHour();
    }

    /** The same report with another text, and nothing settled that the whole text was about. */
    public Report saying(String part) {
        return new Report(
                id,
                reportedAt,
                source,
                area,
                part,
                null,
                category,
                residentsOnly,
                settled,
                lifeInDanger,
                elsewhere,
                sameAs,
                deaths,
                injured,
                loss,
                people,
                gathering,
                hazardLevel,
                emergencyLevel,
                nature,
                null);
    }

    /** The same report as if nobody were hurt or in danger of life. */
    Report unharmed() {
        return new Report(
                id,
                reportedAt,
                source,
                area,
                text,
                eventType,
                category,
                residentsOnly,
                settled,
                false,
                elsewhere,
                sameAs,
                0,
                0,
                loss,
                people,
                gathering,
                hazardLevel,
                emergencyLevel,
                nature,
                choice);
    }

    /** A report that says no more than this. */
    public static Report of(
            String id,
            OffsetDateTime reportedAt,
            Source source,
            Area area,
            String text,
            @Nullable EventType eventType) {
        return new Report(
                id,
                reportedAt,
                source,
                area,
                text,
                eventType,
                null,
                false,
                false,
                false,
                false,
                null,
                0,
                0,
                BigDecimal.ZERO,
                0,
                0,
                null,
                null,
                null,
                null);
    }
}
