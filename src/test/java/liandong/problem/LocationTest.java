package liandong.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LocationTest {
    private static List<String> said(Location at) {
        return List.of(at.file(), at.section(), at.inFile(), at.toString());
    }

    @Test
    void every_place_names_its_file_its_section_and_itself() {
        assertThat(said(new CellRef("routing.xlsx", "派单目录", 14, 3)))
                .containsExactly("routing.xlsx", "routing.xlsx 派单目录", "派单目录!D14", "routing.xlsx 派单目录!D14");
        assertThat(said(new LineRef("rules/routing.drl", 12)))
                .containsExactly(
                        "rules/routing.drl", "rules/routing.drl", "rules/routing.drl:12", "rules/routing.drl:12");
        assertThat(said(new FileRef("calendar.xlsx")))
                .containsExactly("calendar.xlsx", "calendar.xlsx", "calendar.xlsx", "calendar.xlsx");
        assertThat(said(new RequestPointer("/incident/area")))
                .containsExactly("/incident/area", "/incident/area", "/incident/area", "/incident/area");
        assertThat(said(new RequestPointer(""))).containsExactly("/", "/", "/", "/");
    }
}
