package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import liandong.console.ContractPages.Answer;
import liandong.console.ContractPages.Body;
import liandong.console.ContractPages.Group;
import liandong.console.ContractPages.Line;
import liandong.console.ContractPages.Member;
import liandong.console.ContractPages.Operation;
import liandong.console.ContractPages.Piece;
import liandong.console.ContractPages.Schema;
import liandong.incident.Vocabulary;
import liandong.web.Contract;
import org.junit.jupiter.api.Test;

/** The pages show all of the document, and lead nowhere that is not there. */
class ContractPagesTest {
    private static final ContractPages PAGES = new ContractPages(Contract.document());

    private static List<Operation> operations() {
        return PAGES.groups().stream()
                .map(Group::lines)
                .flatMap(List::stream)
                .map(line -> Objects.requireNonNull(PAGES.operation(line.id(), Locale.ENGLISH, Vocabulary.empty())))
                .toList();
    }

    private static Stream<Piece> pieces(Body body) {
        return Stream.concat(body.type().stream(), body.members().stream().flatMap(each -> each.type().stream()));
    }

    @Test
    void every_operation_of_the_document_stands_in_one_group() {
        var ids = new ArrayList<String>();
        Contract.document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(each ->
                                ids.add(each.getValue().path("operationId").asString(""))));

        assertThat(operations()).extracting(each -> each.line().id()).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void every_object_that_is_named_has_a_page_and_every_page_is_named_somewhere() {
        var named = new TreeSet<String>();
        operations()
                .forEach(each -> Stream.concat(
                                each.bodies().stream(),
                                each.answers().stream().map(Answer::bodies).flatMap(List::stream))
                        .flatMap(ContractPagesTest::pieces)
                        .forEach(piece -> named.add(piece.schema())));
        for (String name : PAGES.schemas()) {
            Schema schema = Objects.requireNonNull(PAGES.schema(name));
            Stream.concat(
                            schema.type().stream(),
                            schema.members().stream().map(Member::type).flatMap(List::stream))
                    .forEach(piece -> named.add(piece.schema()));
        }
        named.remove("");

        // A problem stands in every refusal, which shows its codes instead.
        assertThat(PAGES.schemas()).containsAll(named);
        assertThat(named)
                .containsAll(PAGES.schemas().stream()
                        .filter(name -> !name.startsWith("Problem") && !name.startsWith("GeoReport"))
                        .toList());
    }

    @Test
    void what_is_refused_is_told_by_code_and_words_in_the_readers_language() {
        Operation publish =
                Objects.requireNonNull(PAGES.operation("publishPolicy", Locale.CHINESE, Vocabulary.empty()));

        assertThat(publish.line())
                .isEqualTo(new Line(
                        "publishPolicy",
                        "POST",
                        "/v1/policies/{n}/publish",
                        publish.line().summary(),
                        List.of("approver")));
        assertThat(publish.refusals())
                .filteredOn(each -> each.status().equals("401"))
                .flatMap(ContractPages.Refused::codes)
                .contains(new ContractPages.Coded("NO_KEY", "请求没有出示密钥。"));
        assertThat(operations())
                .flatMap(Operation::refusals)
                .flatMap(ContractPages.Refused::codes)
                .allSatisfy(each -> assertThat(each.words()).isNotBlank().doesNotContain("{0}"));
    }

    @Test
    void members_within_a_member_stand_behind_dots() {
        Schema request = Objects.requireNonNull(PAGES.schema("RoutingRequest"));

        assertThat(request.members())
                .extracting(Member::name)
                .contains("incident", "now", "options", "options.explain", "options.outside");
        assertThat(request.members())
                .filteredOn(member -> member.name().equals("incident"))
                .singleElement()
                .satisfies(incident -> {
                    assertThat(incident.required()).isTrue();
                    assertThat(incident.type()).containsExactly(new Piece("ReportInput", false, "ReportInput"));
                });
    }

    @Test
    void what_is_not_there_is_not_there() {
        assertThat(PAGES.operation("nothing", Locale.ENGLISH, Vocabulary.empty()))
                .isNull();
        assertThat(PAGES.schema("nothing")).isNull();
    }
}
