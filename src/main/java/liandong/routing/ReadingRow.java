package liandong.routing;

import liandong.decision.AnswersFor;
import liandong.decision.Trouble;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Matter;
import liandong.table.RowRef;
import liandong.table.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * What evidence weighs, and how much of it a decision needs (研读门槛). All in points: an event type has 1,000 by its examples
 * taken together when the text is altogether like them.
 *
 * @param findsType whether the event type is to be found by it; if not, only danger and nature are read
 * @param single points of the single example that is most like the text, were it the same
 * @param decides points of a word that decides
 * @param supports points of a word that supports
 * @param wordsAtMost most points that words add to one event type
 * @param minimum points that the leading event type needs
 * @param lead by how many percent of its points it must lead the next
 * @param relay percent of that likeness that must lie on dangerous examples for a row of the screen to relay by itself; below
 *     it a person looks at once
 * @param danger percent of the likeness to the nearest examples that must lie on dangerous ones for a person to look at once
 * @param lifted the same where words say that there is no danger
 * @param nearest how many of the nearest examples are asked
 * @param typeLeaning points for each unit by which the text leans to an event type's examples: see
 *     {@link liandong.reading.Likeness.Groups#leanings}; null for none
 * @param dangerLeaning percent of danger for each unit by which the text leans to the dangerous examples; null for none
 * @param natureLeaning points for each unit by which the text leans to a nature's examples, where all of these together have
 *     3,000; null for none
 * @param sentenceRelay as {@code relay}, of a single sentence of a text that has several; null where sentences are not looked at
 *     by themselves
 * @param sentenceDanger as {@code danger}, of a single sentence; null where sentences are not looked at by themselves
 * @param asideLead by how many percent of its points no matter must lead in a single sentence, and an event type in all others,
 *     for what the text is about to be found without that sentence; null where all sentences count
 * @param generalLead as {@code lead}, of an event type that is general (笼统), which a text is like when it is like nothing else;
 *     null where that is as of any other
 * @param nothingLead by how many percent of its points it must lead no matter; null where as much as any other
 * @param sameLead as {@code lead}, where all event types that it does not lead by so much are led by the same body; null where
 *     that is as with any other
 * @param ref the row
 */
@AnswersFor(Trouble.OVERRULED)
@Sheet(value = "研读门槛", about = Matter.class, since = 3, absent = "no text is read", absentChinese = "不研读正文")
public record ReadingRow(
        @Column("认定事项 Finds event type") boolean findsType,
        @Column("单句分 Single example") @Bounds(max = 1000) int single,
        @Column("决定分 Decides") @Bounds(min = 1, max = 1000) int decides,
        @Column("佐证分 Supports") @Bounds(max = 1000) int supports,

        @Column("词语上限 Words at most") @Bounds(max = 300) int wordsAtMost,

        @Column("最低得分 Minimum") @Bounds(max = 4000) int minimum,
        @Column("最低领先 Lead") @Bounds(max = 100) int lead,
        @Column("转接占比 Relay share") @Bounds(max = 100) int relay,
        @Column("危险占比 Danger share") @Bounds(max = 100) int danger,

        @Column("解除后占比 Share when lifted") @Bounds(max = 101)
        int lifted,

        @Column("邻近例句 Nearest") @Bounds(min = 1, max = 50) int nearest,

        @Column(value = "事项偏向 Type leaning", optional = true, mayBeAbsent = true) @Bounds(max = 1000) @Nullable
        Integer typeLeaning,

        @Column(value = "危险偏向 Danger leaning", optional = true, mayBeAbsent = true) @Bounds(max = 100) @Nullable
        Integer dangerLeaning,

        @Column(value = "性质偏向 Nature leaning", optional = true, mayBeAbsent = true) @Bounds(max = 1000) @Nullable
        Integer natureLeaning,

        @Column(value = "单句转接占比 Relay share of a sentence", optional = true, mayBeAbsent = true)
        @Bounds(max = 101)
        @Nullable
        Integer sentenceRelay,

        @Column(value = "单句危险占比 Danger share of a sentence", optional = true, mayBeAbsent = true)
        @Bounds(max = 101)
        @Nullable
        Integer sentenceDanger,

        @Column(value = "旁句领先 Lead of an aside", optional = true, mayBeAbsent = true) @Bounds(max = 101) @Nullable
        Integer asideLead,

        @Column(value = "笼统领先 Lead of a general type", optional = true, mayBeAbsent = true) @Bounds(max = 101) @Nullable
        Integer generalLead,

        @Column(value = "无事领先 Lead over no matter", optional = true, mayBeAbsent = true) @Bounds(max = 100) @Nullable
        Integer nothingLead,

        @Column(value = "同牵头领先 Lead within a body", optional = true, mayBeAbsent = true) @Bounds(max = 100) @Nullable
        Integer sameLead,

        @Override RowRef ref)
        implements RoutingRow {}
